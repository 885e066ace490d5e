package io.croft.controller.restapi.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.network.vpc.SubnetView;
import io.croft.controller.network.vpc.Subnets;
import io.croft.controller.network.vpc.VpcView;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.vpc.CidrBlock;
import io.croft.rest.tenant.network.vpc.NewCidrBlock;
import io.croft.rest.tenant.network.vpc.NewSubnet;
import io.croft.rest.tenant.network.vpc.NewVpc;
import io.croft.rest.tenant.network.vpc.Subnet;
import io.croft.rest.tenant.network.vpc.SubnetPatch;
import io.croft.rest.tenant.network.vpc.Vpc;
import io.croft.rest.tenant.network.vpc.VpcPatch;
import io.croft.types.ResourceType;
import io.croft.types.SubnetId;
import io.croft.types.VpcCidrAssociationId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** VPCs and their subnets. */
@RestController
@RequestMapping("/v1")
class VpcRoutes {
    private static final String VPCS = "/v1/vpcs";
    private static final String SUBNETS = "/v1/subnets";

    private final Vpcs vpcs;
    private final Subnets subnets;
    private final Creations creations;
    private final EntityTags entityTags;

    VpcRoutes(Vpcs vpcs, Subnets subnets, Creations creations, EntityTags entityTags) {
        this.vpcs = vpcs;
        this.subnets = subnets;
        this.creations = creations;
        this.entityTags = entityTags;
    }

    @GetMapping("/vpcs")
    Slice<Vpc> listVpcs(Caller caller, Query query) {
        return Slices.of(vpcs.describe(caller, query), VpcRoutes::vpc);
    }

    @GetMapping("/vpcs/{id}")
    Vpc showVpc(Caller caller, @PathVariable String id) {
        return vpc(Slices.only(vpcs.describe(caller, Slices.one(id))));
    }

    @PostMapping("/vpcs")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Vpc> createVpc(
            Caller caller,
            @RequestBody NewVpc request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var id = creations.once(
                caller,
                "POST " + VPCS,
                key,
                request,
                () -> vpcs.create(caller, request.cidr(), Values.map(request.tags()))
                        .id()
                        .value());
        return Answers.created(VPCS, id, showVpc(caller, id));
    }

    /** Changes what is given, all or none, if the VPC is as {@code If-Match} says. */
    @PatchMapping("/vpcs/{id}")
    ResponseEntity<Vpc> changeVpc(
            Caller caller,
            @PathVariable VpcId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody VpcPatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = vpc(vpcs.modify(
                caller, id, request.dnsSupport(), request.dnsHostnames(), v -> match.holds(entityTags.of(vpc(v)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    /** Deletes a VPC in which nothing is any more but what it started with. */
    @DeleteMapping("/vpcs/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteVpc(Caller caller, @PathVariable VpcId id) {
        vpcs.delete(caller, id);
    }

    /** Gives a VPC a further block of addresses. */
    @PostMapping("/vpcs/{id}/cidr-blocks")
    @ResponseStatus(HttpStatus.CREATED)
    CidrBlock addBlock(Caller caller, @PathVariable VpcId id, @RequestBody NewCidrBlock request) {
        return block(vpcs.associate(caller, id, request.cidr()));
    }

    /** Takes a further block, in which no subnet is any more, from a VPC. */
    @DeleteMapping("/vpcs/{vpc}/cidr-blocks/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeBlock(Caller caller, @PathVariable VpcId vpc, @PathVariable VpcCidrAssociationId id) {
        var known = vpcs.describe(caller, Slices.one(vpc.value()));
        if (Slices.only(known).blocks().stream().noneMatch(b -> b.association().equals(id))) {
            throw CloudException.missing(ResourceType.VPC_CIDR_ASSOCIATION, List.of(id.value()));
        }
        vpcs.disassociate(caller, id);
    }

    @GetMapping("/subnets")
    Slice<Subnet> listSubnets(Caller caller, Query query) {
        return Slices.of(subnets.describe(caller, query), VpcRoutes::subnet);
    }

    @GetMapping("/subnets/{id}")
    Subnet showSubnet(Caller caller, @PathVariable String id) {
        return subnet(Slices.only(subnets.describe(caller, Slices.one(id))));
    }

    @PostMapping("/subnets")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Subnet> createSubnet(
            Caller caller,
            @RequestBody NewSubnet request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var vpc = new VpcId(request.vpcId());
        var id = creations.once(
                caller,
                "POST " + SUBNETS,
                key,
                request,
                () -> subnets.create(caller, vpc, request.cidr(), request.zone(), Values.map(request.tags()))
                        .value());
        return Answers.created(SUBNETS, id, showSubnet(caller, id));
    }

    /** Changes what is given, if the subnet is as {@code If-Match} says. */
    @PatchMapping("/subnets/{id}")
    ResponseEntity<Subnet> changeSubnet(
            Caller caller,
            @PathVariable SubnetId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody SubnetPatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = subnet(
                subnets.modify(caller, id, request.mapPublicAddress(), s -> match.holds(entityTags.of(subnet(s)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    /** Deletes a subnet in which nothing is any more. */
    @DeleteMapping("/subnets/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSubnet(Caller caller, @PathVariable SubnetId id) {
        subnets.delete(caller, id);
    }

    private static CidrBlock block(VpcView.Block block) {
        return new CidrBlock(block.association().value(), block.cidr().value());
    }

    private static Vpc vpc(VpcView vpc) {
        return new Vpc(
                vpc.id().value(),
                vpc.cidr().value(),
                vpc.blocks().stream().map(VpcRoutes::block).toList(),
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
