package io.croft.controller.adminapi.blockstorage.pool;

import io.croft.controller.blockstorage.pool.StoragePoolView;
import io.croft.controller.blockstorage.pool.StoragePools;
import io.croft.rest.Items;
import io.croft.rest.NewDrain;
import io.croft.rest.StoragePoolResource;
import io.croft.types.HostId;
import java.util.Locale;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The hosts' storage pools. A host has one by its own settings; here it can be said to take nothing new. */
@RestController
@RequestMapping("/admin/v1")
class StoragePoolEndpoint {
    private final StoragePools pools;

    StoragePoolEndpoint(StoragePools pools) {
        this.pools = pools;
    }

    @GetMapping("/storage-pools")
    Items<StoragePoolResource> list() {
        return new Items<>(
                pools.list().stream().map(StoragePoolEndpoint::resource).toList());
    }

    @GetMapping("/hosts/{host}/storage-pools/{backend}")
    StoragePoolResource show(@PathVariable HostId host, @PathVariable String backend) {
        return resource(pools.find(host, backend));
    }

    @PutMapping("/hosts/{host}/storage-pools/{backend}/drain")
    StoragePoolResource drain(@PathVariable HostId host, @PathVariable String backend, @RequestBody NewDrain request) {
        return resource(pools.drain(host, backend, request.reason()));
    }

    @DeleteMapping("/hosts/{host}/storage-pools/{backend}/drain")
    StoragePoolResource open(@PathVariable HostId host, @PathVariable String backend) {
        return resource(pools.open(host, backend));
    }

    private static StoragePoolResource resource(StoragePoolView view) {
        var pool = view.pool();
        return new StoragePoolResource(
                view.host().value(),
                view.hostName(),
                view.zone(),
                pool.backend(),
                view.state().name().toLowerCase(Locale.ROOT),
                pool.totalBytes(),
                pool.freeBytes(),
                view.promisableBytes(),
                pool.provisionedBytes(),
                pool.dataPercent(),
                pool.metadataPercent(),
                view.drained());
    }
}
