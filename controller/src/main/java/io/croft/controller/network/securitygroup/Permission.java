package io.croft.controller.network.securitygroup;

import io.croft.types.Cidr;
import io.croft.types.SecurityGroupId;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a rule allows, with one peer: a block or a group, as {@link Peer} says. EC2's IpPermission with several ranges is several of these.
 *
 * @param protocol an IP protocol number, 0 to 255, or -1 for all; the edge reads {@code tcp}, {@code udp}, {@code icmp} and {@code icmpv6}
 * @param fromPort first port or ICMP type; -1 for all
 * @param toPort last port or ICMP code; -1 for all
 * @param description up to 255 characters; null for none. Not part of what makes two rules equal
 */
public record Permission(
        int protocol,
        int fromPort,
        int toPort,
        Peer peer,
        @Nullable String description) {
    public static final int ALL = -1;

    /** Whom the rule is about. */
    public sealed interface Peer {
        record Block(Cidr cidr) implements Peer {}

        /** The members of a group of the same VPC. */
        record Group(SecurityGroupId group) implements Peer {}
    }
}
