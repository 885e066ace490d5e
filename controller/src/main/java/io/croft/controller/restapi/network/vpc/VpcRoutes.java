package io.croft.controller.restapi.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.network.vpc.SubnetView;
import io.croft.controller.network.vpc.Subnets;
import io.croft.controller.network.vpc.VpcView;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.vpc.Subnet;
import io.croft.rest.tenant.network.vpc.Vpc;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** VPCs and their subnets. */
@RestController
@RequestMapping("/v1")
class VpcRoutes {
    private final Vpcs vpcs;
    private final Subnets subnets;

    VpcRoutes(Vpcs vpcs, Subnets subnets) {
        this.vpcs = vpcs;
        this.subnets = subnets;
    }

    @GetMapping("/vpcs")
    Slice<Vpc> listVpcs(Caller caller, Query query) {
        return Slices.of(vpcs.describe(caller, query), VpcRoutes::vpc);
    }

    @GetMapping("/vpcs/{id}")
    Vpc showVpc(Caller caller, @PathVariable String id) {
        return vpc(Slices.only(vpcs.describe(caller, Slices.one(id))));
    }

    @GetMapping("/subnets")
    Slice<Subnet> listSubnets(Caller caller, Query query) {
        return Slices.of(subnets.describe(caller, query), VpcRoutes::subnet);
    }

    @GetMapping("/subnets/{id}")
    Subnet showSubnet(Caller caller, @PathVariable String id) {
        return subnet(Slices.only(subnets.describe(caller, Slices.one(id))));
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
}
