package io.croft.controller.ec2api.network.networkacl;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.networkacl.NetworkAclView;
import io.croft.controller.network.networkacl.NetworkAcls;
import io.croft.types.ErrorCode;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;

/** The actions on network ACLs: as yet their listing. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {@BadValue(of = "NetworkAclId", is = ErrorCode.NETWORK_ACL_ID_MALFORMED)})
class NetworkAclActions {
    private final NetworkAcls acls;

    NetworkAclActions(NetworkAcls acls) {
        this.acls = acls;
    }

    @Action(supports = {"NetworkAclId", "Filter.*", "MaxResults", "NextToken"})
    DescribeNetworkAclsResponse describeNetworkAcls(Caller caller, DescribeNetworkAclsRequest request) {
        var page = acls.describe(
                caller,
                Queries.of(request.networkAclIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeNetworkAclsResponse.builder()
                .networkAcls(page.items().stream().map(NetworkAclActions::acl).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static NetworkAcl acl(NetworkAclView acl) {
        return NetworkAcl.builder()
                .networkAclId(acl.id().value())
                .vpcId(acl.vpc().value())
                .ownerId(acl.owner().value())
                .isDefault(true)
                .entries(Stream.of(true, false)
                        .flatMap(egress -> Stream.of(entry(egress, 100, "allow"), entry(egress, 32767, "deny")))
                        .toList())
                .associations(acl.subnets().stream()
                        .map(subnet -> NetworkAclAssociation.builder()
                                .networkAclAssociationId(NetworkAclView.association(subnet))
                                .networkAclId(acl.id().value())
                                .subnetId(subnet.value())
                                .build())
                        .toList())
                .tags(TagForm.write(acl.tags()))
                .build();
    }

    private static NetworkAclEntry entry(boolean egress, int number, String action) {
        return NetworkAclEntry.builder()
                .egress(egress)
                .ruleNumber(number)
                .ruleAction(action)
                .protocol("-1")
                .cidrBlock("0.0.0.0/0")
                .build();
    }
}
