package io.croft.rest.tenant.network.networkacl;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a network ACL.
 *
 * @param direction {@code ingress} for what enters the subnet, {@code egress} for what leaves it
 * @param number 1 to 32766, the only one of its direction
 * @param action {@code allow} or {@code deny}
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code all} or an IP protocol number
 * @param fromPort first destination port or ICMP type; all by default
 * @param toPort last port, {@code fromPort} by default; or ICMP code, all by default
 * @param cidr where packets are for that leave, or come from that enter
 */
public record NetworkAclEntry(
        String direction,
        int number,
        String action,
        String protocol,
        @Nullable Integer fromPort,
        @Nullable Integer toPort,
        String cidr) {
    public NetworkAclEntry {
        Objects.requireNonNull(direction, "direction is missing");
        Objects.requireNonNull(action, "action is missing");
        Objects.requireNonNull(protocol, "protocol is missing");
        Objects.requireNonNull(cidr, "cidr is missing");
    }
}
