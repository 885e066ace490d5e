package io.croft.protocol;

import io.croft.types.Cidr;
import io.croft.types.SecurityGroupId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a security group allows.
 *
 * @param protocol an IP protocol number, 0 to 255, or -1 for all
 * @param fromPort first port (tcp, udp) or the ICMP type; -1 for all; ignored by protocols without either
 * @param toPort last port, or the ICMP code; -1 for all
 * @param cidr the peers' block; null when {@code group} is given
 * @param group the group whose members are the peers; null when {@code cidr} is given
 */
public record SecurityGroupRuleSpec(
        Direction direction,
        int protocol,
        int fromPort,
        int toPort,
        @Nullable Cidr cidr,
        @Nullable SecurityGroupId group) {
    public static final int ALL = -1;

    /** Seen from the instance. */
    public enum Direction {
        INGRESS,
        EGRESS
    }

    public SecurityGroupRuleSpec {
        if ((cidr == null) == (group == null)) {
            throw new IllegalArgumentException("a rule has either a block or a group");
        }
    }
}
