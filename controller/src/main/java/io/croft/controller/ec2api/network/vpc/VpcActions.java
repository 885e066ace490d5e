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
import io.croft.controller.network.vpc.DefaultVpcs;
import io.croft.controller.network.vpc.VpcView;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.VpcCidrAssociationId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.AssociateVpcCidrBlockResponse;
import software.amazon.awssdk.services.ec2.model.AttributeBooleanValue;
import software.amazon.awssdk.services.ec2.model.CreateDefaultVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateDefaultVpcResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVpcRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkDnsSupportRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkDnsSupportResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcClassicLinkResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcsResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateVpcCidrBlockRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateVpcCidrBlockResponse;
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
                    is = ErrorCode.VPC_NOT_FOUND),
            @BadValue(of = "DisassociateVpcCidrBlock.AssociationId", is = ErrorCode.VPC_CIDR_ASSOCIATION_NOT_FOUND)
        })
class VpcActions {
    private final Vpcs vpcs;
    private final DefaultVpcs defaults;

    VpcActions(Vpcs vpcs, DefaultVpcs defaults) {
        this.vpcs = vpcs;
        this.defaults = defaults;
    }

    @Action(
            supports = {"CidrBlock", "TagSpecification.*"},
            accepts = {"AmazonProvidedIpv6CidrBlock=false", "InstanceTenancy=default"})
    CreateVpcResponse createVpc(Caller caller, CreateVpcRequest request) {
        var made = vpcs.create(
                caller,
                Given.value(request.cidrBlock(), "CidrBlock"),
                TagForm.specified(request.tagSpecifications(), ResourceType.VPC));
        return CreateVpcResponse.builder().vpc(vpc(made)).build();
    }

    @Action
    CreateDefaultVpcResponse createDefaultVpc(Caller caller, CreateDefaultVpcRequest request) {
        var id = defaults.createVpc(caller);
        return CreateDefaultVpcResponse.builder()
                .vpc(vpc(vpcs.describe(caller, Query.ofIds(List.of(id.value())))
                        .items()
                        .getFirst()))
                .build();
    }

    @Action(supports = "VpcId")
    DeleteVpcResponse deleteVpc(Caller caller, DeleteVpcRequest request) {
        vpcs.delete(caller, new VpcId(Given.value(request.vpcId(), "VpcId")));
        return DeleteVpcResponse.builder().build();
    }

    @Action(
            supports = {"VpcId", "CidrBlock"},
            accepts = "AmazonProvidedIpv6CidrBlock=false")
    AssociateVpcCidrBlockResponse associateVpcCidrBlock(Caller caller, AssociateVpcCidrBlockRequest request) {
        var vpc = new VpcId(Given.value(request.vpcId(), "VpcId"));
        var block = vpcs.associate(caller, vpc, Given.value(request.cidrBlock(), "CidrBlock"));
        return AssociateVpcCidrBlockResponse.builder()
                .vpcId(vpc.value())
                .cidrBlockAssociation(block(block, "associating"))
                .build();
    }

    @Action(supports = "AssociationId")
    DisassociateVpcCidrBlockResponse disassociateVpcCidrBlock(Caller caller, DisassociateVpcCidrBlockRequest request) {
        var gone = vpcs.disassociate(
                caller, new VpcCidrAssociationId(Given.value(request.associationId(), "AssociationId")));
        return DisassociateVpcCidrBlockResponse.builder()
                .vpcId(gone.getKey().value())
                .cidrBlockAssociation(block(gone.getValue(), "disassociating"))
                .build();
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
        vpcs.modify(
                caller,
                id,
                value(request.enableDnsSupport(), "EnableDnsSupport.Value"),
                value(request.enableDnsHostnames(), "EnableDnsHostnames.Value"),
                _ -> true);
        return ModifyVpcAttributeResponse.builder().build();
    }

    private static @Nullable Boolean value(@Nullable AttributeBooleanValue attribute, String name) {
        return attribute == null ? null : Given.value(attribute.value(), name);
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
        return Vpc.builder()
                .vpcId(vpc.id().value())
                .ownerId(vpc.owner().value())
                .state("available")
                .cidrBlock(vpc.cidr().value())
                .cidrBlockAssociationSet(
                        vpc.blocks().stream().map(b -> block(b, "associated")).toList())
                .dhcpOptionsId("default")
                .instanceTenancy("default")
                .isDefault(vpc.isDefault())
                .tags(TagForm.write(vpc.tags()))
                .build();
    }

    private static VpcCidrBlockAssociation block(VpcView.Block block, String state) {
        return VpcCidrBlockAssociation.builder()
                .associationId(block.association().value())
                .cidrBlock(block.cidr().value())
                .cidrBlockState(s -> s.state(state))
                .build();
    }
}
