package io.croft.controller.ec2api.network.networkacl;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.networkacl.NetworkAcls;
import io.croft.types.ErrorCode;
import io.croft.types.NetworkAclAssociationId;
import io.croft.types.NetworkAclId;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclAssociationResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclEntryResponse;

/** The actions on network ACLs. There are no blocks of IPv6: entries for some are refused by name. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "NetworkAclId", is = ErrorCode.NETWORK_ACL_ID_MALFORMED),
            @BadValue(of = "ReplaceNetworkAclAssociation.AssociationId", is = ErrorCode.ASSOCIATION_NOT_FOUND)
        })
class NetworkAclActions {
    private final NetworkAcls acls;

    NetworkAclActions(NetworkAcls acls) {
        this.acls = acls;
    }

    @Action(supports = {"VpcId", "ClientToken", "TagSpecification.*"})
    CreateNetworkAclResponse createNetworkAcl(Caller caller, CreateNetworkAclRequest request) {
        var id = acls.create(
                caller,
                new VpcId(Given.value(request.vpcId(), "VpcId")),
                TagForm.specified(request.tagSpecifications(), ResourceType.NETWORK_ACL),
                request.clientToken());
        return CreateNetworkAclResponse.builder()
                .networkAcl(NetworkAclForm.write(acls.describe(caller, Query.ofIds(List.of(id.value())))
                        .items()
                        .getFirst()))
                .clientToken(request.clientToken())
                .build();
    }

    @Action(supports = "NetworkAclId")
    DeleteNetworkAclResponse deleteNetworkAcl(Caller caller, DeleteNetworkAclRequest request) {
        acls.delete(caller, id(request.networkAclId()));
        return DeleteNetworkAclResponse.builder().build();
    }

    @Action(supports = {"NetworkAclId", "Filter.*", "MaxResults", "NextToken"})
    DescribeNetworkAclsResponse describeNetworkAcls(Caller caller, DescribeNetworkAclsRequest request) {
        var page = acls.describe(
                caller,
                Queries.of(request.networkAclIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeNetworkAclsResponse.builder()
                .networkAcls(page.items().stream().map(NetworkAclForm::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Action(
            supports = {
                "NetworkAclId",
                "RuleNumber",
                "Protocol",
                "RuleAction",
                "Egress",
                "CidrBlock",
                "Icmp.*",
                "PortRange.*"
            })
    CreateNetworkAclEntryResponse createNetworkAclEntry(Caller caller, CreateNetworkAclEntryRequest request) {
        acls.createEntry(
                caller,
                id(request.networkAclId()),
                NetworkAclForm.entry(
                        request.egress(),
                        request.ruleNumber(),
                        request.ruleActionAsString(),
                        request.protocol(),
                        request.portRange(),
                        request.icmpTypeCode(),
                        request.cidrBlock()));
        return CreateNetworkAclEntryResponse.builder().build();
    }

    @Action(
            supports = {
                "NetworkAclId",
                "RuleNumber",
                "Protocol",
                "RuleAction",
                "Egress",
                "CidrBlock",
                "Icmp.*",
                "PortRange.*"
            })
    ReplaceNetworkAclEntryResponse replaceNetworkAclEntry(Caller caller, ReplaceNetworkAclEntryRequest request) {
        acls.replaceEntry(
                caller,
                id(request.networkAclId()),
                NetworkAclForm.entry(
                        request.egress(),
                        request.ruleNumber(),
                        request.ruleActionAsString(),
                        request.protocol(),
                        request.portRange(),
                        request.icmpTypeCode(),
                        request.cidrBlock()),
                _ -> true);
        return ReplaceNetworkAclEntryResponse.builder().build();
    }

    @Action(supports = {"NetworkAclId", "RuleNumber", "Egress"})
    DeleteNetworkAclEntryResponse deleteNetworkAclEntry(Caller caller, DeleteNetworkAclEntryRequest request) {
        acls.deleteEntry(
                caller,
                id(request.networkAclId()),
                Given.value(request.egress(), "Egress"),
                Given.value(request.ruleNumber(), "RuleNumber"));
        return DeleteNetworkAclEntryResponse.builder().build();
    }

    @Action(supports = {"AssociationId", "NetworkAclId"})
    ReplaceNetworkAclAssociationResponse replaceNetworkAclAssociation(
            Caller caller, ReplaceNetworkAclAssociationRequest request) {
        var made = acls.replaceAssociation(
                caller,
                new NetworkAclAssociationId(Given.value(request.associationId(), "AssociationId")),
                id(request.networkAclId()));
        return ReplaceNetworkAclAssociationResponse.builder()
                .newAssociationId(made.value())
                .build();
    }

    private static NetworkAclId id(@Nullable String id) {
        return new NetworkAclId(Given.value(id, "NetworkAclId"));
    }
}
