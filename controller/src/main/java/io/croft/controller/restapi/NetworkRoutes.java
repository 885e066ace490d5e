package io.croft.controller.restapi;

import io.croft.controller.compute.InstanceView;
import io.croft.controller.compute.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.network.NetworkInterfaceView;
import io.croft.controller.network.NetworkInterfaces;
import io.croft.controller.network.SubnetView;
import io.croft.controller.network.Subnets;
import io.croft.controller.network.VpcView;
import io.croft.controller.network.Vpcs;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.NetworkInterface;
import io.croft.rest.tenant.NetworkInterface.InterfaceAttachment;
import io.croft.rest.tenant.NetworkInterfacePatch;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.Subnet;
import io.croft.rest.tenant.Vpc;
import io.croft.types.NetworkInterfaceId;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** VPCs, their subnets, and the network interfaces of instances. */
@RestController
@RequestMapping("/v1")
class NetworkRoutes {
    private final Vpcs vpcs;
    private final Subnets subnets;
    private final NetworkInterfaces interfaces;
    private final Instances instances;
    private final EntityTags entityTags;

    NetworkRoutes(
            Vpcs vpcs, Subnets subnets, NetworkInterfaces interfaces, Instances instances, EntityTags entityTags) {
        this.vpcs = vpcs;
        this.subnets = subnets;
        this.interfaces = interfaces;
        this.instances = instances;
        this.entityTags = entityTags;
    }

    @GetMapping("/vpcs")
    Slice<Vpc> listVpcs(Caller caller, Query query) {
        return Slices.of(vpcs.describe(caller, query), NetworkRoutes::vpc);
    }

    @GetMapping("/vpcs/{id}")
    Vpc showVpc(Caller caller, @PathVariable String id) {
        return vpc(Slices.only(vpcs.describe(caller, Slices.one(id))));
    }

    @GetMapping("/subnets")
    Slice<Subnet> listSubnets(Caller caller, Query query) {
        return Slices.of(subnets.describe(caller, query), NetworkRoutes::subnet);
    }

    @GetMapping("/subnets/{id}")
    Subnet showSubnet(Caller caller, @PathVariable String id) {
        return subnet(Slices.only(subnets.describe(caller, Slices.one(id))));
    }

    @GetMapping("/network-interfaces")
    Slice<NetworkInterface> listInterfaces(Caller caller, Query query) {
        return Slices.of(interfaces.describe(caller, query), NetworkRoutes::networkInterface);
    }

    @GetMapping("/network-interfaces/{id}")
    NetworkInterface showInterface(Caller caller, @PathVariable String id) {
        return networkInterface(Slices.only(interfaces.describe(caller, Slices.one(id))));
    }

    /** Changes what is given, all or none, if the interface is as {@code If-Match} says. */
    @PatchMapping("/network-interfaces/{id}")
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
                        InstanceChanges.read(id, request),
                        i -> match.holds(entityTags.of(ofInstance(id, i)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    private static NetworkInterface ofInstance(NetworkInterfaceId id, InstanceView instance) {
        return instance.interfaces().stream()
                .filter(n -> n.id().equals(id))
                .findFirst()
                .map(NetworkRoutes::networkInterface)
                .orElseThrow();
    }

    private static Vpc vpc(VpcView vpc) {
        return new Vpc(
                vpc.id().value(),
                vpc.cidr().value(),
                vpc.isDefault(),
                vpc.dnsSupport(),
                vpc.dnsHostnames(),
                new TreeMap<>(vpc.tags()));
    }

    private static Subnet subnet(SubnetView subnet) {
        return new Subnet(
                subnet.id().value(),
                subnet.vpc().value(),
                subnet.cidr().value(),
                subnet.zone(),
                subnet.availableAddresses(),
                subnet.defaultForZone(),
                subnet.mapPublicAddress(),
                new TreeMap<>(subnet.tags()));
    }

    private static NetworkInterface networkInterface(NetworkInterfaceView nic) {
        return new NetworkInterface(
                nic.id().value(),
                nic.vpc().value(),
                nic.subnet().value(),
                nic.zone(),
                nic.description(),
                nic.mac(),
                nic.privateAddress(),
                nic.privateDnsName(),
                nic.publicAddress(),
                nic.sourceDestCheck(),
                nic.status().ec2Name(),
                Optional.ofNullable(nic.attachment())
                        .map(NetworkRoutes::attachment)
                        .orElse(null),
                InstanceForm.groups(nic),
                new TreeMap<>(nic.tags()));
    }

    private static InterfaceAttachment attachment(NetworkInterfaceView.Attachment attachment) {
        return new InterfaceAttachment(
                attachment.id().value(),
                attachment.instance().value(),
                attachment.deviceIndex(),
                attachment.attached().toString(),
                attachment.deleteOnTermination());
    }
}
