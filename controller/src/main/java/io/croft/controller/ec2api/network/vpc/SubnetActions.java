package io.croft.controller.ec2api.network.vpc;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.ResourceName;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.vpc.DefaultVpcs;
import io.croft.controller.network.vpc.SubnetView;
import io.croft.controller.network.vpc.Subnets;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateDefaultSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateDefaultSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSubnetResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifySubnetAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The actions on subnets. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "SubnetId", is = ErrorCode.SUBNET_NOT_FOUND)})
class SubnetActions {
    private final Subnets subnets;
    private final DefaultVpcs defaults;
    private final AvailabilityZones zones;

    SubnetActions(Subnets subnets, DefaultVpcs defaults, AvailabilityZones zones) {
        this.subnets = subnets;
        this.defaults = defaults;
        this.zones = zones;
    }

    @Action(
            supports = {"VpcId", "CidrBlock", "AvailabilityZone", "AvailabilityZoneId", "TagSpecification.*"},
            accepts = "Ipv6Native=false")
    CreateSubnetResponse createSubnet(Caller caller, CreateSubnetRequest request) {
        var id = subnets.create(
                caller,
                new VpcId(Given.value(request.vpcId(), "VpcId")),
                Given.value(request.cidrBlock(), "CidrBlock"),
                zone(request.availabilityZone(), request.availabilityZoneId()),
                TagForm.specified(request.tagSpecifications(), ResourceType.SUBNET));
        return CreateSubnetResponse.builder().subnet(show(caller, id)).build();
    }

    private @Nullable String zone(@Nullable String name, @Nullable String id) {
        if (name != null && id != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters AvailabilityZone and AvailabilityZoneId may not be used together");
        }
        return id == null ? name : zones.requireId(id).name();
    }

    @Action(supports = "AvailabilityZone", accepts = "Ipv6Native=false")
    CreateDefaultSubnetResponse createDefaultSubnet(Caller caller, CreateDefaultSubnetRequest request) {
        var id = defaults.createSubnet(caller, Given.value(request.availabilityZone(), "AvailabilityZone"));
        return CreateDefaultSubnetResponse.builder().subnet(show(caller, id)).build();
    }

    private Subnet show(Caller caller, SubnetId id) {
        return subnet(subnets.describe(caller, Query.ofIds(List.of(id.value())))
                .items()
                .getFirst());
    }

    @Action(supports = "SubnetId")
    DeleteSubnetResponse deleteSubnet(Caller caller, DeleteSubnetRequest request) {
        subnets.delete(caller, new SubnetId(Given.value(request.subnetId(), "SubnetId")));
        return DeleteSubnetResponse.builder().build();
    }

    /** One attribute a call, as in EC2; what is of IPv6, of Outposts or of names that are not made here can be left off. */
    @Action(
            supports = {"SubnetId", "MapPublicIpOnLaunch.Value"},
            accepts = {
                "AssignIpv6AddressOnCreation.Value=false",
                "EnableDns64.Value=false",
                "EnableResourceNameDnsAAAARecordOnLaunch.Value=false",
                "EnableResourceNameDnsARecordOnLaunch.Value=false",
                "MapCustomerOwnedIpOnLaunch.Value=false",
                "PrivateDnsHostnameTypeOnLaunch=ip-name"
            })
    ModifySubnetAttributeResponse modifySubnetAttribute(Caller caller, ModifySubnetAttributeRequest request) {
        var given = Stream.of(
                        request.mapPublicIpOnLaunch(),
                        request.assignIpv6AddressOnCreation(),
                        request.enableDns64(),
                        request.enableResourceNameDnsAAAARecordOnLaunch(),
                        request.enableResourceNameDnsARecordOnLaunch(),
                        request.mapCustomerOwnedIpOnLaunch(),
                        request.privateDnsHostnameTypeOnLaunch())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    given == 0 ? "No attributes specified." : "Fields for multiple attribute types specified");
        }
        var id = new SubnetId(Given.value(request.subnetId(), "SubnetId"));
        var map = request.mapPublicIpOnLaunch();
        subnets.modify(
                caller, id, map == null ? null : Given.value(map.value(), "MapPublicIpOnLaunch.Value"), _ -> true);
        return ModifySubnetAttributeResponse.builder().build();
    }

    @Action(supports = {"SubnetId", "Filter.*", "MaxResults", "NextToken"})
    DescribeSubnetsResponse describeSubnets(Caller caller, DescribeSubnetsRequest request) {
        var page = subnets.describe(
                caller, Queries.of(request.subnetIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeSubnetsResponse.builder()
                .subnets(page.items().stream().map(this::subnet).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private Subnet subnet(SubnetView subnet) {
        return Subnet.builder()
                .subnetId(subnet.id().value())
                .subnetArn(ResourceName.of(
                        zones.region(), subnet.owner(), "subnet", subnet.id().value()))
                .vpcId(subnet.vpc().value())
                .ownerId(subnet.owner().value())
                .state("available")
                .cidrBlock(subnet.cidr().value())
                .availabilityZone(subnet.zone())
                .availabilityZoneId(zones.require(subnet.zone()).id())
                .availableIpAddressCount(subnet.availableAddresses())
                .defaultForAz(subnet.defaultForZone())
                .mapPublicIpOnLaunch(subnet.mapPublicAddress())
                .mapCustomerOwnedIpOnLaunch(false)
                .assignIpv6AddressOnCreation(false)
                .ipv6Native(false)
                .enableDns64(false)
                .ipv6CidrBlockAssociationSet(List.of())
                .privateDnsNameOptionsOnLaunch(o -> o.hostnameType("ip-name")
                        .enableResourceNameDnsARecord(false)
                        .enableResourceNameDnsAAAARecord(false))
                .tags(TagForm.write(subnet.tags()))
                .build();
    }
}
