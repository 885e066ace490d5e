package io.croft.agent.firewall;

import io.croft.types.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rules must know of the host besides its ports.
 *
 * @param publicPool the block that public addresses are taken from
 * @param waysOut the block of the router namespaces' ways out
 * @param uplink the card on which the host answers for public addresses; null when they are reachable from this host alone
 * @param resolvers IPv4 addresses of the resolvers that the VPCs' resolvers ask, which may be this host's own
 * @param closedRouter whether the host forwarded nothing before us, so that it still forwards for nobody else
 * @param unfilteredBridges whether bridges that are not ours went past iptables before us, so that they still do
 * @param underlay the card by which this host and others are one network for VPCs; null for none
 */
public record HostPolicy(
        Cidr publicPool,
        Cidr waysOut,
        @Nullable String uplink,
        List<String> resolvers,
        boolean closedRouter,
        boolean unfilteredBridges,
        @Nullable String underlay) {
    public HostPolicy {
        resolvers = List.copyOf(resolvers);
    }
}
