package io.croft.controller.restapi.network.elasticip;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.network.elasticip.ElasticIpView;
import io.croft.controller.network.elasticip.ElasticIps;
import io.croft.controller.network.elasticip.ElasticIps.Target;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.elasticip.ElasticIp;
import io.croft.rest.tenant.network.elasticip.NewElasticIp;
import io.croft.rest.tenant.network.elasticip.NewElasticIpAssociation;
import io.croft.types.ElasticIpId;
import io.croft.types.NetworkInterfaceId;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Elastic addresses. */
@RestController
@RequestMapping(ElasticIpRoutes.PATH)
class ElasticIpRoutes {
    static final String PATH = "/v1/elastic-ips";

    private final ElasticIps addresses;
    private final Creations creations;

    ElasticIpRoutes(ElasticIps addresses, Creations creations) {
        this.addresses = addresses;
        this.creations = creations;
    }

    @GetMapping
    Slice<ElasticIp> list(Caller caller, Query query) {
        return Slices.of(addresses.describe(caller, query), ElasticIpRoutes::form);
    }

    @GetMapping("/{id}")
    ElasticIp show(Caller caller, @PathVariable String id) {
        return form(Slices.only(addresses.describe(caller, Slices.one(id))));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ElasticIp> allocate(
            Caller caller,
            @RequestBody NewElasticIp request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> addresses
                        .allocate(caller, request.address(), Values.map(request.tags()))
                        .id()
                        .value());
        return Answers.created(PATH, id, show(caller, id));
    }

    /** Gives an address that is at no interface back to the pool. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void release(Caller caller, @PathVariable ElasticIpId id) {
        addresses.release(caller, id);
    }

    /** Makes an address the public one of an interface, in place of what that has, wherever it was. */
    @PostMapping("/{id}/association")
    ElasticIp associate(Caller caller, @PathVariable ElasticIpId id, @RequestBody NewElasticIpAssociation request) {
        var to = new Target.Interface(new NetworkInterfaceId(request.networkInterfaceId()));
        addresses.associate(caller, id, to, null, true);
        return show(caller, id.value());
    }

    /** Takes an address from its interface; of one that is at none nothing is taken. */
    @DeleteMapping("/{id}/association")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disassociate(Caller caller, @PathVariable ElasticIpId id) {
        addresses.disassociate(caller, show(caller, id.value()).address());
    }

    private static ElasticIp form(ElasticIpView address) {
        var place = address.place();
        return new ElasticIp(
                address.id().value(),
                address.address(),
                place == null ? null : place.networkInterface().value(),
                place == null ? null : Objects.toString(place.instance(), null),
                new TreeMap<>(address.tags()));
    }
}
