package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.Action.EmptyIsAbsent;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.ResourceName;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.securitygroup.SecurityGroupRuleView;
import io.croft.controller.network.securitygroup.SecurityGroupView;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.VpcId;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/** The actions on security groups; see {@link SecurityGroupRuleActions} for their rules. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "CreateSecurityGroup.GroupDescription", is = ErrorCode.MISSING_PARAMETER),
            @BadValue(of = "CreateSecurityGroup.GroupName", is = ErrorCode.INVALID_PARAMETER_VALUE),
            @BadValue(
                    of = {"GroupId", "ReferencedGroupId"},
                    is = ErrorCode.SECURITY_GROUP_ID_MALFORMED),
            @BadValue(
                    of = {"GroupName", "SecurityGroup", "SourceSecurityGroupName"},
                    is = ErrorCode.SECURITY_GROUP_NOT_FOUND)
        })
class SecurityGroupActions {
    private final SecurityGroups groups;
    private final AvailabilityZones zones;

    SecurityGroupActions(SecurityGroups groups, AvailabilityZones zones) {
        this.groups = groups;
        this.zones = zones;
    }

    @Action(
            supports = {"GroupName", "GroupDescription", "VpcId", "TagSpecification.*"},
            emptyIsAbsent =
                    @EmptyIsAbsent(
                            value = "VpcId",
                            because = "Packer's builders give it for their temporary group when no VPC is configured; "
                                    + "a group by itself lets nothing in"))
    CreateSecurityGroupResponse createSecurityGroup(Caller caller, CreateSecurityGroupRequest request) {
        var tags = TagForm.specified(request.tagSpecifications(), ResourceType.SECURITY_GROUP);
        var id = groups.create(
                caller,
                Given.value(request.groupName(), "GroupName"),
                Given.value(request.description(), "GroupDescription"),
                request.vpcId() == null ? null : new VpcId(request.vpcId()),
                tags);
        return CreateSecurityGroupResponse.builder()
                .groupId(id.value())
                .securityGroupArn(ResourceName.of(zones.region(), caller.account(), "security-group", id.value()))
                .tags(TagForm.write(tags))
                .build();
    }

    @Action(supports = {"GroupId", "GroupName"})
    DeleteSecurityGroupResponse deleteSecurityGroup(Caller caller, DeleteSecurityGroupRequest request) {
        var id = groups.delete(caller, GroupReader.read(request.groupId(), request.groupName()));
        return DeleteSecurityGroupResponse.builder()
                .returnValue(true)
                .groupId(id.value())
                .build();
    }

    @Action(supports = {"GroupId", "GroupName", "Filter.*", "MaxResults", "NextToken"})
    DescribeSecurityGroupsResponse describeSecurityGroups(Caller caller, DescribeSecurityGroupsRequest request) {
        var query = Queries.of(request.groupIds(), request.filters(), request.maxResults(), request.nextToken());
        var page = groups.describe(caller, query, request.groupNames());
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items().stream().map(this::group).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private SecurityGroup group(SecurityGroupView group) {
        return SecurityGroup.builder()
                .groupId(group.id().value())
                .groupName(group.name())
                .description(group.description())
                .ownerId(group.owner().value())
                .vpcId(group.vpc().value())
                .securityGroupArn(ResourceName.of(
                        zones.region(),
                        group.owner(),
                        "security-group",
                        group.id().value()))
                .ipPermissions(PermissionForm.write(rules(group, Direction.INGRESS)))
                .ipPermissionsEgress(PermissionForm.write(rules(group, Direction.EGRESS)))
                .tags(TagForm.write(group.tags()))
                .build();
    }

    private static List<SecurityGroupRuleView> rules(SecurityGroupView group, Direction direction) {
        return group.rules().stream().filter(r -> r.direction() == direction).toList();
    }
}
