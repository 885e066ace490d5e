package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.awsedge.Given;
import io.croft.controller.awsedge.Parameters;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleRequest;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * Reads what a rule is to allow: one IpPermission holds any number of peers.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html">IpPermission</a>
 */
@Component
@Parameters({
    "IpPermissions.IpProtocol",
    "IpPermissions.FromPort",
    "IpPermissions.ToPort",
    "IpPermissions.IpRanges.*",
    "IpPermissions.Ipv6Ranges.*",
    "IpPermissions.Groups.GroupId",
    "IpPermissions.Groups.GroupName",
    "IpPermissions.Groups.UserId",
    "IpPermissions.Groups.Description"
})
class PermissionReader {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int HIGHEST_PORT = 65535;

    private final SecurityGroups groups;

    PermissionReader(SecurityGroups groups) {
        this.groups = groups;
    }

    /** The older form of a request: one range beside the ports, or a whole group of the default VPC. */
    @Parameters({"IpProtocol", "FromPort", "ToPort", "CidrIp", "SourceSecurityGroupName", "SourceSecurityGroupOwnerId"})
    record Flat(
            @Nullable String protocol,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable String cidr,
            @Nullable String group,
            @Nullable String owner) {
        static final Flat NONE = new Flat(null, null, null, null, null, null);

        private boolean ranged() {
            return protocol != null || from != null || to != null || cidr != null;
        }

        boolean given() {
            return ranged() || group != null || owner != null;
        }
    }

    /**
     * Reads what a request allows in one of its forms.
     *
     * @throws CloudException as the other, and InvalidParameterCombination for two forms
     */
    List<Permission> read(Caller caller, List<IpPermission> permissions, Flat flat) {
        if (!flat.given()) {
            return read(caller, Given.list(permissions, "IpPermissions"));
        }
        if (!permissions.isEmpty() || (flat.group() != null && flat.ranged())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "IpPermissions, CidrIp with its ports and SourceSecurityGroupName cannot be used together");
        }
        if (flat.group() != null || flat.owner() != null) {
            return everything(named(caller, Given.value(flat.group(), "SourceSecurityGroupName"), flat.owner()));
        }
        var cidr = block("CidrIp", Given.value(flat.cidr(), "CidrIp"), true);
        return List.of(permission(flat.protocol(), flat.from(), flat.to(), cidr, null));
    }

    /** What a group allows that is named without ports. */
    private static List<Permission> everything(Peer peer) {
        return List.of(
                new Permission(TCP, 0, HIGHEST_PORT, peer, null),
                new Permission(UDP, 0, HIGHEST_PORT, peer, null),
                new Permission(ICMP, Permission.ALL, Permission.ALL, peer, null));
    }

    /**
     * Reads permissions, one for each peer.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue or InvalidGroup.NotFound for a group of another account
     */
    List<Permission> read(Caller caller, List<IpPermission> permissions) {
        return permissions.stream().flatMap(p -> read(caller, p).stream()).toList();
    }

    private List<Permission> read(Caller caller, IpPermission permission) {
        var read = new ArrayList<Permission>();
        for (var range : permission.ipRanges()) {
            var cidr = block("CidrIp", Given.value(range.cidrIp(), "IpRanges.CidrIp"), true);
            read.add(permission(permission, cidr, range.description()));
        }
        for (var range : permission.ipv6Ranges()) {
            var cidr = block("CidrIpv6", Given.value(range.cidrIpv6(), "Ipv6Ranges.CidrIpv6"), false);
            read.add(permission(permission, cidr, range.description()));
        }
        for (var pair : permission.userIdGroupPairs()) {
            read.add(permission(permission, group(caller, pair), pair.description()));
        }
        if (read.isEmpty()) {
            throw Given.missing("IpPermissions.IpRanges");
        }
        return read;
    }

    /** Reads the form in which a rule is one thing with one peer. */
    static Permission read(SecurityGroupRuleRequest rule) {
        var peers = new ArrayList<Peer>();
        if (rule.cidrIpv4() != null) {
            peers.add(block("CidrIpv4", rule.cidrIpv4(), true));
        }
        if (rule.cidrIpv6() != null) {
            peers.add(block("CidrIpv6", rule.cidrIpv6(), false));
        }
        if (rule.referencedGroupId() != null) {
            peers.add(new Peer.Group(new SecurityGroupId(rule.referencedGroupId())));
        }
        if (peers.isEmpty()) {
            throw Given.missing("SecurityGroupRule.SecurityGroupRule.CidrIpv4");
        }
        if (peers.size() > 1) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "A rule takes only one of CidrIpv4, CidrIpv6 and ReferencedGroupId");
        }
        return permission(rule.ipProtocol(), rule.fromPort(), rule.toPort(), peers.getFirst(), rule.description());
    }

    private static Permission permission(IpPermission permission, Peer peer, @Nullable String description) {
        return permission(permission.ipProtocol(), permission.fromPort(), permission.toPort(), peer, description);
    }

    private static Permission permission(
            @Nullable String name,
            @Nullable Integer from,
            @Nullable Integer to,
            Peer peer,
            @Nullable String description) {
        if (name == null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid value 'null' for protocol. VPC security group rules must specify protocols explicitly.");
        }
        var protocol = protocol(name);
        if (protocol == Permission.ALL) {
            return new Permission(protocol, Permission.ALL, Permission.ALL, peer, description);
        }
        if ((protocol == TCP || protocol == UDP) && (from == null || to == null)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
        }
        return new Permission(
                protocol,
                Objects.requireNonNullElse(from, Permission.ALL),
                Objects.requireNonNullElse(to, Permission.ALL),
                peer,
                description);
    }

    private static int protocol(String name) {
        return ProtocolName.number(name).orElseThrow(() -> Given.invalid("IP protocol", name));
    }

    private static Peer block(String name, String text, boolean ipv4) {
        try {
            var cidr = Cidr.around(text);
            if (cidr.ipv4() == ipv4) {
                return new Peer.Block(cidr);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(name, text);
        }
        throw malformed(name, text);
    }

    private static CloudException malformed(String name, String text) {
        return new CloudException(
                ErrorCode.INVALID_PARAMETER_VALUE, "CIDR block " + text + " is malformed (" + name + ")");
    }

    private Peer group(Caller caller, UserIdGroupPair pair) {
        if (pair.groupId() == null) {
            return named(caller, Given.value(pair.groupName(), "Groups.GroupId"), pair.userId());
        }
        if (pair.groupName() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters Groups.GroupId and Groups.GroupName cannot be used together");
        }
        var id = new SecurityGroupId(pair.groupId());
        requireOwn(caller, pair.userId(), id.value());
        return new Peer.Group(id);
    }

    private Peer named(Caller caller, String name, @Nullable String owner) {
        requireOwn(caller, owner, name);
        return new Peer.Group(groups.require(caller, new GroupReference.ByName(name)));
    }

    private static void requireOwn(Caller caller, @Nullable String owner, String group) {
        if (owner != null && !owner.equals(caller.account().value())) {
            throw new CloudException(
                    ErrorCode.SECURITY_GROUP_NOT_FOUND, "The security group '" + group + "' does not exist");
        }
    }
}
