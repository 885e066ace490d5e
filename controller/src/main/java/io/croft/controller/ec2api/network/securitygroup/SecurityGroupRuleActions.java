package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.ec2api.network.securitygroup.PermissionReader.Flat;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.SecurityGroupRuleView;
import io.croft.controller.network.securitygroup.SecurityGroupRules;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupRuleId;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupEgressResponse;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.RevokeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;

/** The actions on security groups' rules. */
@ActionGroup(service = Ec2Service.NAME)
class SecurityGroupRuleActions {
    private final SecurityGroupRules rules;
    private final PermissionReader reader;
    private final SecurityGroupRuleForm form;

    SecurityGroupRuleActions(SecurityGroupRules rules, PermissionReader reader, SecurityGroupRuleForm form) {
        this.rules = rules;
        this.reader = reader;
        this.form = form;
    }

    @Action(
            supports = {"GroupId", "GroupName", "TagSpecification.*"},
            readers = {PermissionReader.class, Flat.class})
    AuthorizeSecurityGroupIngressResponse authorizeSecurityGroupIngress(
            Caller caller, AuthorizeSecurityGroupIngressRequest request) {
        var flat = new Flat(
                request.ipProtocol(),
                request.fromPort(),
                request.toPort(),
                request.cidrIp(),
                request.sourceSecurityGroupName(),
                request.sourceSecurityGroupOwnerId());
        var added = rules.authorize(
                caller,
                GroupReader.read(request.groupId(), request.groupName()),
                Direction.INGRESS,
                reader.read(caller, request.ipPermissions(), flat),
                TagForm.specified(request.tagSpecifications(), ResourceType.SECURITY_GROUP_RULE));
        return AuthorizeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .securityGroupRules(added.stream().map(form::write).toList())
                .build();
    }

    @Action(
            supports = {"GroupId", "TagSpecification.*"},
            readers = PermissionReader.class)
    AuthorizeSecurityGroupEgressResponse authorizeSecurityGroupEgress(
            Caller caller, AuthorizeSecurityGroupEgressRequest request) {
        var added = rules.authorize(
                caller,
                GroupReader.read(request.groupId(), null),
                Direction.EGRESS,
                reader.read(caller, request.ipPermissions(), Flat.NONE),
                TagForm.specified(request.tagSpecifications(), ResourceType.SECURITY_GROUP_RULE));
        return AuthorizeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .securityGroupRules(added.stream().map(form::write).toList())
                .build();
    }

    @Action(
            supports = {"GroupId", "GroupName", "SecurityGroupRuleId"},
            readers = {PermissionReader.class, Flat.class})
    RevokeSecurityGroupIngressResponse revokeSecurityGroupIngress(
            Caller caller, RevokeSecurityGroupIngressRequest request) {
        var group = GroupReader.read(request.groupId(), request.groupName());
        var flat = new Flat(
                request.ipProtocol(),
                request.fromPort(),
                request.toPort(),
                request.cidrIp(),
                request.sourceSecurityGroupName(),
                request.sourceSecurityGroupOwnerId());
        var removed = request.securityGroupRuleIds().isEmpty()
                ? rules.revoke(caller, group, Direction.INGRESS, reader.read(caller, request.ipPermissions(), flat))
                : revokeByIds(
                        caller,
                        group,
                        Direction.INGRESS,
                        request.securityGroupRuleIds(),
                        flat.given() || !request.ipPermissions().isEmpty());
        return RevokeSecurityGroupIngressResponse.builder()
                .returnValue(true)
                .unknownIpPermissions(List.of())
                .revokedSecurityGroupRules(revoked(removed))
                .build();
    }

    @Action(
            supports = {"GroupId", "SecurityGroupRuleId"},
            readers = PermissionReader.class)
    RevokeSecurityGroupEgressResponse revokeSecurityGroupEgress(
            Caller caller, RevokeSecurityGroupEgressRequest request) {
        var group = GroupReader.read(request.groupId(), null);
        var removed = request.securityGroupRuleIds().isEmpty()
                ? rules.revoke(caller, group, Direction.EGRESS, reader.read(caller, request.ipPermissions(), Flat.NONE))
                : revokeByIds(
                        caller,
                        group,
                        Direction.EGRESS,
                        request.securityGroupRuleIds(),
                        !request.ipPermissions().isEmpty());
        return RevokeSecurityGroupEgressResponse.builder()
                .returnValue(true)
                .unknownIpPermissions(List.of())
                .revokedSecurityGroupRules(revoked(removed))
                .build();
    }

    @Action(supports = {"SecurityGroupRuleId", "Filter.*", "MaxResults", "NextToken"})
    DescribeSecurityGroupRulesResponse describeSecurityGroupRules(
            Caller caller, DescribeSecurityGroupRulesRequest request) {
        var page = rules.describe(
                caller,
                Queries.of(
                        request.securityGroupRuleIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeSecurityGroupRulesResponse.builder()
                .securityGroupRules(page.items().stream().map(form::write).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private List<SecurityGroupRuleView> revokeByIds(
            Caller caller, GroupReference group, Direction direction, List<String> ids, boolean alsoByContent) {
        if (alsoByContent) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters SecurityGroupRuleId and IpPermissions cannot be used together");
        }
        return rules.revokeByIds(
                caller,
                group,
                direction,
                ids.stream().map(SecurityGroupRuleId::new).toList());
    }

    private static List<RevokedSecurityGroupRule> revoked(List<SecurityGroupRuleView> removed) {
        return removed.stream().map(SecurityGroupRuleForm::writeRevoked).toList();
    }
}
