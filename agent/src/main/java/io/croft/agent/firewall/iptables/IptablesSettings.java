package io.croft.agent.firewall.iptables;

import io.croft.types.Cidr;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides that the rules must know.
 *
 * @param publicPool the block that public addresses are taken from
 * @param waysOut the block of the router namespaces' ways out
 * @param uplink the card on which the host answers for public addresses; null when they are reachable from this host alone
 * @param resolvers IPv4 addresses of the resolvers that the VPCs' resolvers ask
 * @param underlay the card by which this host and others are one network for VPCs, asked for each time; empty for none
 */
public record IptablesSettings(
        Cidr publicPool,
        Cidr waysOut,
        @Nullable String uplink,
        List<String> resolvers,
        Supplier<Optional<String>> underlay) {
    public IptablesSettings {
        resolvers = List.copyOf(resolvers);
    }

    /** Those of a host whose VPCs end at it. */
    public IptablesSettings(Cidr publicPool, Cidr waysOut, @Nullable String uplink, List<String> resolvers) {
        this(publicPool, waysOut, uplink, resolvers, Optional::empty);
    }
}
