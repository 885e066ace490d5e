package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.SecurityGroupRules;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupRuleId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesRequest;
import software.amazon.awssdk.services.ec2.model.ModifySecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleDescription;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleUpdate;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsEgressResponse;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressRequest;
import software.amazon.awssdk.services.ec2.model.UpdateSecurityGroupRuleDescriptionsIngressResponse;

/** The actions that change security groups' rules and leave them their ids; see {@link SecurityGroupRuleActions} for how they come and go. */
@ActionGroup(service = Ec2Service.NAME)
class SecurityGroupRuleChangeActions {
    private final SecurityGroupRules rules;
    private final PermissionReader reader;

    SecurityGroupRuleChangeActions(SecurityGroupRules rules, PermissionReader reader) {
        this.rules = rules;
        this.reader = reader;
    }

    @Action(
            supports = {
                "GroupId",
                "SecurityGroupRule.SecurityGroupRuleId",
                "SecurityGroupRule.SecurityGroupRule.IpProtocol",
                "SecurityGroupRule.SecurityGroupRule.FromPort",
                "SecurityGroupRule.SecurityGroupRule.ToPort",
                "SecurityGroupRule.SecurityGroupRule.CidrIpv4",
                "SecurityGroupRule.SecurityGroupRule.CidrIpv6",
                "SecurityGroupRule.SecurityGroupRule.ReferencedGroupId",
                "SecurityGroupRule.SecurityGroupRule.Description"
            })
    ModifySecurityGroupRulesResponse modifySecurityGroupRules(Caller caller, ModifySecurityGroupRulesRequest request) {
        var permissions = new LinkedHashMap<SecurityGroupRuleId, Permission>();
        for (var update : Given.list(request.securityGroupRules(), "SecurityGroupRule")) {
            put(permissions, update.securityGroupRuleId(), permission(update));
        }
        rules.modify(caller, GroupReader.read(request.groupId(), null), permissions);
        return ModifySecurityGroupRulesResponse.builder().returnValue(true).build();
    }

    private static Permission permission(SecurityGroupRuleUpdate update) {
        return PermissionReader.read(Given.value(update.securityGroupRule(), "SecurityGroupRule.SecurityGroupRule"));
    }

    @Action(
            supports = {"GroupId", "GroupName", "SecurityGroupRuleDescription.*"},
            readers = PermissionReader.class)
    UpdateSecurityGroupRuleDescriptionsIngressResponse updateSecurityGroupRuleDescriptionsIngress(
            Caller caller, UpdateSecurityGroupRuleDescriptionsIngressRequest request) {
        redescribe(
                caller,
                GroupReader.read(request.groupId(), request.groupName()),
                Direction.INGRESS,
                request.ipPermissions(),
                request.securityGroupRuleDescriptions());
        return UpdateSecurityGroupRuleDescriptionsIngressResponse.builder()
                .returnValue(true)
                .build();
    }

    @Action(
            supports = {"GroupId", "GroupName", "SecurityGroupRuleDescription.*"},
            readers = PermissionReader.class)
    UpdateSecurityGroupRuleDescriptionsEgressResponse updateSecurityGroupRuleDescriptionsEgress(
            Caller caller, UpdateSecurityGroupRuleDescriptionsEgressRequest request) {
        redescribe(
                caller,
                GroupReader.read(request.groupId(), request.groupName()),
                Direction.EGRESS,
                request.ipPermissions(),
                request.securityGroupRuleDescriptions());
        return UpdateSecurityGroupRuleDescriptionsEgressResponse.builder()
                .returnValue(true)
                .build();
    }

    private void redescribe(
            Caller caller,
            GroupReference group,
            Direction direction,
            List<IpPermission> permissions,
            List<SecurityGroupRuleDescription> descriptions) {
        if (descriptions.isEmpty()) {
            rules.redescribe(caller, group, direction, reader.read(caller, Given.list(permissions, "IpPermissions")));
            return;
        }
        if (!permissions.isEmpty()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters SecurityGroupRuleDescription and IpPermissions cannot be used together");
        }
        var byId = new LinkedHashMap<SecurityGroupRuleId, Optional<String>>();
        descriptions.forEach(d -> put(byId, d.securityGroupRuleId(), Optional.ofNullable(d.description())));
        rules.redescribeByIds(caller, group, direction, byId);
    }

    private static <T> void put(Map<SecurityGroupRuleId, T> byId, String id, T value) {
        var rule = new SecurityGroupRuleId(Given.value(id, "SecurityGroupRuleId"));
        if (byId.putIfAbsent(rule, value) != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION, "The rule " + rule + " is given more than once");
        }
    }
}
