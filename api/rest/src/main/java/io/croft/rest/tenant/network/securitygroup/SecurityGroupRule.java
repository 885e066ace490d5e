package io.croft.rest.tenant.network.securitygroup;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a security group; its peer is a block or a group.
 *
 * @param direction {@code ingress} or {@code egress}
 * @param protocol {@code tcp}, {@code udp}, {@code icmp}, {@code icmpv6}, {@code all} or an IP protocol number
 * @param fromPort first port or ICMP type; null for all
 * @param toPort last port or ICMP code; null for all
 */
public record SecurityGroupRule(
        String ruleId,
        String groupId,
        String direction,
        String protocol,
        @Nullable Integer fromPort,
        @Nullable Integer toPort,
        @Nullable String cidr,
        @Nullable String peerGroupId,
        @Nullable String description,
        Map<String, String> tags) {}
