package io.croft.controller.network.networkacl;

import org.jspecify.annotations.Nullable;

/**
 * An entry as a request writes it.
 *
 * @param egress whether it is for what leaves the subnet
 * @param number 1 to 32766
 * @param allows whether it may pass
 * @param protocol a name or a number, -1 being all
 * @param ports the destination's; of no account but for TCP and UDP, as in EC2; null for none
 * @param icmp of no account but for ICMP; null for none
 * @param cidr bits beyond its prefix count for nothing
 */
public record NewEntry(
        boolean egress,
        int number,
        boolean allows,
        String protocol,
        @Nullable Ports ports,
        @Nullable Icmp icmp,
        String cidr) {
    /** From the first to the last. */
    public record Ports(int from, int to) {}

    /** A type and its code; -1 for all. */
    public record Icmp(int type, int code) {}
}
