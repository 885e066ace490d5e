package io.croft.rest.tenant.network.securitygroup;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a rule; exactly one of {@code cidr} and {@code peerGroupId} says with whom.
 *
 * @param direction {@code ingress} or {@code egress}
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, {@code all} or an IP protocol number
 * @param fromPort first port or ICMP type; all by default
 * @param toPort last port or ICMP code; {@code fromPort} by default
 */
public record NewSecurityGroupRule(
        String direction,
        String protocol,
        @Nullable Integer fromPort,
        @Nullable Integer toPort,
        @Nullable String cidr,
        @Nullable String peerGroupId,
        @Nullable String description,
        @Nullable Map<String, String> tags) {
    public NewSecurityGroupRule {
        Objects.requireNonNull(direction, "direction is missing");
        Objects.requireNonNull(protocol, "protocol is missing");
        if ((cidr == null) == (peerGroupId == null)) {
            throw new IllegalArgumentException("exactly one of cidr and peerGroupId must be given");
        }
    }

    /** What the rule is to allow. */
    public RuleContent content() {
        return new RuleContent(protocol, fromPort, toPort, cidr, peerGroupId, description);
    }
}
