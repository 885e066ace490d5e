package io.croft.controller.restapi.network.securitygroup;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.network.securitygroup.SecurityGroupRuleView;
import io.croft.controller.restapi.kit.Values;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.rest.tenant.network.securitygroup.NewSecurityGroupRule;
import io.croft.rest.tenant.network.securitygroup.RuleContent;
import io.croft.rest.tenant.network.securitygroup.SecurityGroupRule;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A security group's rule as REST has it. */
final class SecurityGroupRuleForm {
    private static final String ALL = "all";

    private SecurityGroupRuleForm() {}

    static SecurityGroupRule write(SecurityGroupRuleView rule) {
        var permission = rule.permission();
        return new SecurityGroupRule(
                rule.id().value(),
                rule.group().value(),
                name(rule.direction()),
                permission.protocol() == Permission.ALL ? ALL : ProtocolName.of(permission.protocol()),
                bound(permission.fromPort()),
                bound(permission.toPort()),
                permission.peer() instanceof Peer.Block(var cidr) ? cidr.value() : null,
                permission.peer() instanceof Peer.Group(var group) ? group.value() : null,
                permission.description(),
                new TreeMap<>(rule.tags()));
    }

    private static @Nullable Integer bound(int port) {
        return port == Permission.ALL ? null : port;
    }

    private static String name(Direction direction) {
        return direction.name().toLowerCase(Locale.ROOT);
    }

    static Direction direction(NewSecurityGroupRule rule) {
        return Values.named("direction", Direction.values(), SecurityGroupRuleForm::name, rule.direction());
    }

    /**
     * What the rule is to allow.
     *
     * @throws CloudException InvalidParameterValue, or an id's Malformed
     */
    static Permission permission(RuleContent rule) {
        var from = Objects.requireNonNullElse(rule.fromPort(), Permission.ALL);
        return new Permission(
                protocol(rule.protocol()),
                from,
                Objects.requireNonNullElse(rule.toPort(), from),
                peer(rule),
                rule.description());
    }

    private static int protocol(String name) {
        if (name.equals(ALL)) {
            return Permission.ALL;
        }
        return ProtocolName.number(name)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "The field 'protocol' must be all, tcp, udp, icmp, icmpv6 or a number: '" + name + "'"));
    }

    private static Peer peer(RuleContent rule) {
        if (rule.peerGroupId() != null) {
            return new Peer.Group(new SecurityGroupId(rule.peerGroupId()));
        }
        var cidr = Objects.requireNonNull(rule.cidr());
        try {
            return new Peer.Block(new Cidr(cidr));
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The field 'cidr' is no block: '" + cidr + "'", "", e);
        }
    }
}
