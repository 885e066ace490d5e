package io.croft.agent.network.linux;

import io.croft.types.Cidr;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides about the host's network.
 *
 * @param runDir where what lives as long as the kernel's state is kept, such as {@code /run/croft}
 * @param publicPool the block that public addresses are taken from
 * @param uplink the host's card on which it answers for public addresses; null when the pool is reachable from this host alone
 * @param upstreamDns the resolvers that the VPCs' resolvers ask; empty for the host's own
 * @param underlay by what the host reaches others
 */
public record LinuxNetworkSettings(
        Path runDir, Cidr publicPool, @Nullable String uplink, List<String> upstreamDns, HostUnderlay underlay) {
    /** The ways out of the router namespaces, a /31 for each VPC. EC2 reserves the block, so no VPC can have it. */
    public static final Cidr WAYS_OUT = new Cidr("198.19.0.0/16");

    /** In bytes: what VXLAN leaves of 1500. It is so on a host without an underlay too, so that a guest keeps it when there comes one. */
    public static final int MTU = 1450;

    public LinuxNetworkSettings {
        upstreamDns = List.copyOf(upstreamDns);
        if (publicPool.overlaps(WAYS_OUT)) {
            throw new IllegalArgumentException(
                    "the public pool " + publicPool + " overlaps " + WAYS_OUT + ", which the ways out of the VPCs use");
        }
    }

    /** Those of a host at which VPCs end. */
    public LinuxNetworkSettings(Path runDir, Cidr publicPool, @Nullable String uplink, List<String> upstreamDns) {
        this(runDir, publicPool, uplink, upstreamDns, new HostUnderlay(HostUnderlay.NONE, null, null));
    }

    /** The addresses of the resolvers that the VPCs' resolvers ask; may be none. */
    public List<String> resolvers() {
        return UpstreamDns.of(this);
    }

    Path vpcs() {
        return runDir.resolve("network");
    }
}
