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
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.vpc.VpcView;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkDnsSupportRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkDnsSupportResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.ec2.model.VpcCidrBlockAssociation;

/** The actions on VPCs. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(
                    of = {"VpcId", "VpcIds"},
                    is = ErrorCode.VPC_NOT_FOUND)
        })
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

    @Action(supports = {"VpcId", "Attribute"})
    DescribeVpcAttributeResponse describeVpcAttribute(Caller caller, DescribeVpcAttributeRequest request) {
        var id = Given.value(request.vpcId(), "VpcId");
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        var vpc = vpcs.describe(caller, Query.ofIds(List.of(id))).items().getFirst();
        var filled = DescribeVpcAttributeResponse.builder().vpcId(id);
        switch (attribute) {
            case "enableDnsSupport" -> filled.enableDnsSupport(a -> a.value(vpc.dnsSupport()));
            case "enableDnsHostnames" -> filled.enableDnsHostnames(a -> a.value(vpc.dnsHostnames()));
            case "enableNetworkAddressUsageMetrics" ->
                filled.enableNetworkAddressUsageMetrics(a -> a.value(vpc.addressUsageMetrics()));
            default -> throw Given.invalid("Attribute", attribute);
        }
        return filled.build();
    }

    /** One attribute a call; the metrics of address usage, which nothing measures, can be left off. */
    @Action(
            supports = {"VpcId", "EnableDnsSupport.Value", "EnableDnsHostnames.Value"},
            accepts = "EnableNetworkAddressUsageMetrics.Value=false")
    ModifyVpcAttributeResponse modifyVpcAttribute(Caller caller, ModifyVpcAttributeRequest request) {
        requireOne(request);
        var id = vpcs.describe(caller, Query.ofIds(List.of(Given.value(request.vpcId(), "VpcId"))))
                .items()
                .getFirst()
                .id();
        if (request.enableDnsSupport() != null) {
            vpcs.setDnsSupport(
                    caller, id, Given.value(request.enableDnsSupport().value(), "EnableDnsSupport.Value"));
        } else if (request.enableDnsHostnames() != null) {
            vpcs.setDnsHostnames(
                    caller, id, Given.value(request.enableDnsHostnames().value(), "EnableDnsHostnames.Value"));
        }
        return ModifyVpcAttributeResponse.builder().build();
    }

    private static void requireOne(ModifyVpcAttributeRequest request) {
        var given = Stream.of(
                        request.enableDnsSupport(),
                        request.enableDnsHostnames(),
                        request.enableNetworkAddressUsageMetrics())
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    given == 0 ? "No attributes specified." : "Fields for multiple attribute types specified");
        }
    }

    @Action(supports = "VpcId")
    DescribeVpcClassicLinkResponse describeVpcClassicLink(Caller caller, DescribeVpcClassicLinkRequest request) {
        throw noClassicLink(caller, request.vpcIds());
    }

    @Action(supports = "VpcIds")
    DescribeVpcClassicLinkDnsSupportResponse describeVpcClassicLinkDnsSupport(
            Caller caller, DescribeVpcClassicLinkDnsSupportRequest request) {
        throw noClassicLink(caller, request.vpcIds());
    }

    /** What every region answers that never had EC2-Classic: tools that still ask take it for "not linked", and another error for a failure. */
    private CloudException noClassicLink(Caller caller, List<String> ids) {
        vpcs.describe(caller, Query.ofIds(ids));
        return new CloudException(
                ErrorCode.UNSUPPORTED_OPERATION, "The functionality you requested is not available in this region.");
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
