package io.croft.controller.network.securitygroup;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.types.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a permission may say, and the one form in which equal permissions are equal.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html">IpPermission</a>
 */
final class PermissionRules {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP6 = 58;
    private static final int HIGHEST_PROTOCOL = 255;
    private static final int HIGHEST_PORT = 65535;
    private static final int HIGHEST_ICMP = 255;
    private static final Pattern DESCRIPTION = Pattern.compile("[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]{0,255}");

    private PermissionRules() {}

    /**
     * The permissions in their one form.
     *
     * @throws CloudException InvalidParameterValue for what is no protocol, port or description, or for the same permission twice
     */
    static List<Permission> normal(List<Permission> permissions) {
        var normal = permissions.stream().map(PermissionRules::normal).toList();
        var seen = new HashSet<Permission>();
        for (var permission : normal) {
            if (!seen.add(withoutDescription(permission))) {
                throw invalid("The same permission must not appear multiple times");
            }
        }
        return normal;
    }

    /** The same for one of them. */
    static Permission normal(Permission given) {
        if (given.description() != null
                && !DESCRIPTION.matcher(given.description()).matches()) {
            throw invalid("Invalid rule description: '" + given.description() + "'");
        }
        return switch (given.protocol()) {
            case TCP, UDP -> ports(given);
            case ICMP, ICMP6 -> icmp(given);
            default -> everyPort(given);
        };
    }

    private static Permission ports(Permission given) {
        if (given.fromPort() < 0 || given.toPort() > HIGHEST_PORT || given.fromPort() > given.toPort()) {
            throw invalid("Invalid TCP/UDP port range (" + given.fromPort() + "-" + given.toPort() + ")");
        }
        return given;
    }

    private static Permission icmp(Permission given) {
        var type = given.fromPort();
        var code = given.toPort();
        if (type < Permission.ALL || type > HIGHEST_ICMP || code < Permission.ALL || code > HIGHEST_ICMP) {
            throw invalid("ICMP code (" + code + ") or type (" + type + ") out of range");
        }
        if (type == Permission.ALL && code != Permission.ALL) {
            throw invalid("ICMP code (" + code + ") with all types");
        }
        return given;
    }

    private static Permission everyPort(Permission given) {
        if (given.protocol() < Permission.ALL || given.protocol() > HIGHEST_PROTOCOL) {
            throw invalid("Invalid protocol number: " + given.protocol());
        }
        return new Permission(given.protocol(), Permission.ALL, Permission.ALL, given.peer(), given.description());
    }

    static Permission withoutDescription(Permission permission) {
        return withDescription(permission, null);
    }

    static Permission withDescription(Permission permission, @Nullable String description) {
        return new Permission(
                permission.protocol(), permission.fromPort(), permission.toPort(), permission.peer(), description);
    }

    /** The permission as EC2's messages put it. */
    static String sentence(Permission permission) {
        var peer = switch (permission.peer()) {
            case Peer.Block(var cidr) -> cidr.value();
            case Peer.Group(var group) -> group.value();
        };
        var protocol = switch (permission.protocol()) {
            case Permission.ALL -> "ALL";
            case ICMP -> "ICMP";
            case TCP -> "TCP";
            case UDP -> "UDP";
            default -> Integer.toString(permission.protocol());
        };
        return "peer: " + peer + ", " + protocol + ", from port: " + permission.fromPort() + ", to port: "
                + permission.toPort() + ", ALLOW";
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }
}
