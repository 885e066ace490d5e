package io.croft.rest.tenant.network.securitygroup;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a rule allows; exactly one of {@code cidr} and {@code peerGroupId} says with whom.
 *
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, {@code all} or an IP protocol number
 * @param fromPort first port or ICMP type; all by default
 * @param toPort last port or ICMP code; {@code fromPort} by default
 * @param description none by default
 */
public record RuleContent(
        String protocol,
        @Nullable Integer fromPort,
        @Nullable Integer toPort,
        @Nullable String cidr,
        @Nullable String peerGroupId,
        @Nullable String description) {
    public RuleContent {
        Objects.requireNonNull(protocol, "protocol is missing");
        if ((cidr == null) == (peerGroupId == null)) {
            throw new IllegalArgumentException("exactly one of cidr and peerGroupId must be given");
        }
    }
}
