package io.croft.controller.ec2api.network.vpc;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.ResourceName;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.vpc.SubnetView;
import io.croft.controller.network.vpc.Subnets;
import io.croft.types.ErrorCode;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSubnetsResponse;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The actions on subnets. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "SubnetId", is = ErrorCode.SUBNET_NOT_FOUND)})
class SubnetActions {
    private final Subnets subnets;
    private final AvailabilityZones zones;

    SubnetActions(Subnets subnets, AvailabilityZones zones) {
        this.subnets = subnets;
        this.zones = zones;
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
