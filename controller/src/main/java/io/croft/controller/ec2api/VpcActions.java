package io.croft.controller.ec2api;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.network.VpcView;
import io.croft.controller.network.Vpcs;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** The actions on VPCs. */
@ActionGroup(service = Ec2Service.NAME)
class VpcActions {
    private final Vpcs vpcs;

    VpcActions(Vpcs vpcs) {
        this.vpcs = vpcs;
    }

    @Action(supports = {"VpcId", "Filter.*", "MaxResults", "NextToken"})
    DescribeVpcsResponse describeVpcs(Caller caller, DescribeVpcsRequest request) {
        var page = vpcs.describe(
                caller, Queries.of(request.vpcIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeVpcsResponse.builder()
                .vpcs(page.items().stream().map(VpcActions::vpc).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static Vpc vpc(VpcView vpc) {
        var cidr = vpc.cidr().value();
        return Vpc.builder()
                .vpcId(vpc.id().value())
                .ownerId(vpc.owner().value())
                .state("available")
                .cidrBlock(cidr)
                .cidrBlockAssociationSet(VpcCidrBlockAssociation.builder()
                        .associationId(associationId(vpc))
                        .cidrBlock(cidr)
                        .cidrBlockState(s -> s.state("associated"))
                        .build())
                .dhcpOptionsId("default")
                .instanceTenancy("default")
                .isDefault(vpc.isDefault())
                .tags(TagForm.write(vpc.tags()))
                .build();
    }

    /** A VPC has one block, so its association is named after it. */
    private static String associationId(VpcView vpc) {
        return vpc.id().value().replace("vpc-", "vpc-cidr-assoc-");
    }
}
