package io.croft.controller.restapi.network.eni;

import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.network.eni.NetworkInterfaces;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.eni.NetworkInterface;
import io.croft.rest.tenant.network.eni.NetworkInterfacePatch;
import io.croft.types.NetworkInterfaceId;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The network interfaces of instances. */
@RestController
@RequestMapping("/v1/network-interfaces")
class NetworkInterfaceRoutes {
    private final NetworkInterfaces interfaces;
    private final Instances instances;
    private final EntityTags entityTags;

    NetworkInterfaceRoutes(NetworkInterfaces interfaces, Instances instances, EntityTags entityTags) {
        this.interfaces = interfaces;
        this.instances = instances;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<NetworkInterface> listInterfaces(Caller caller, Query query) {
        return Slices.of(interfaces.describe(caller, query), NetworkInterfaceForm::write);
    }

    @GetMapping("/{id}")
    NetworkInterface showInterface(Caller caller, @PathVariable String id) {
        return NetworkInterfaceForm.write(Slices.only(interfaces.describe(caller, Slices.one(id))));
    }

    /** Changes what is given, all or none, if the interface is as {@code If-Match} says. */
    @PatchMapping("/{id}")
    ResponseEntity<NetworkInterface> changeInterface(
            Caller caller,
            @PathVariable NetworkInterfaceId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody NetworkInterfacePatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = ofInstance(
                id,
                instances.modify(
                        caller,
                        interfaces.require(caller, id).requireInstance(),
                        NetworkInterfaceForm.changes(id, request),
                        i -> match.holds(entityTags.of(ofInstance(id, i)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    private static NetworkInterface ofInstance(NetworkInterfaceId id, InstanceView instance) {
        return instance.interfaces().stream()
                .filter(n -> n.id().equals(id))
                .findFirst()
                .map(NetworkInterfaceForm::write)
                .orElseThrow();
    }
}
