package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.ec2api.kit.ResourceName;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.network.securitygroup.SecurityGroupRuleView;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.ec2.model.RevokedSecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/** A rule of a security group as EC2 writes it: with an id of its own, and one peer. */
@Component
class SecurityGroupRuleForm {
    private final AvailabilityZones zones;

    SecurityGroupRuleForm(AvailabilityZones zones) {
        this.zones = zones;
    }

    SecurityGroupRule write(SecurityGroupRuleView rule) {
        var permission = rule.permission();
        var filled = SecurityGroupRule.builder()
                .securityGroupRuleId(rule.id().value())
                .securityGroupRuleArn(ResourceName.of(
                        zones.region(),
                        rule.owner(),
                        "security-group-rule",
                        rule.id().value()))
                .groupId(rule.group().value())
                .groupOwnerId(rule.owner().value())
                .isEgress(rule.direction() == Direction.EGRESS)
                .ipProtocol(ProtocolName.of(permission.protocol()))
                .fromPort(permission.fromPort())
                .toPort(permission.toPort())
                .description(permission.description())
                .tags(TagForm.write(rule.tags()));
        switch (permission.peer()) {
            case Peer.Block(var cidr) when cidr.ipv4() -> filled.cidrIpv4(cidr.value());
            case Peer.Block(var cidr) -> filled.cidrIpv6(cidr.value());
            case Peer.Group(var group) ->
                filled.referencedGroupInfo(
                        g -> g.groupId(group.value()).userId(rule.owner().value()));
        }
        return filled.build();
    }

    static RevokedSecurityGroupRule writeRevoked(SecurityGroupRuleView rule) {
        var permission = rule.permission();
        var filled = RevokedSecurityGroupRule.builder()
                .securityGroupRuleId(rule.id().value())
                .groupId(rule.group().value())
                .isEgress(rule.direction() == Direction.EGRESS)
                .ipProtocol(ProtocolName.of(permission.protocol()))
                .fromPort(permission.fromPort())
                .toPort(permission.toPort())
                .description(permission.description());
        switch (permission.peer()) {
            case Peer.Block(var cidr) when cidr.ipv4() -> filled.cidrIpv4(cidr.value());
            case Peer.Block(var cidr) -> filled.cidrIpv6(cidr.value());
            case Peer.Group(var group) -> filled.referencedGroupId(group.value());
        }
        return filled.build();
    }
}
