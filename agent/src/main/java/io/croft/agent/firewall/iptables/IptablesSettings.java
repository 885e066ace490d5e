package io.croft.agent.firewall.iptables;

import io.croft.types.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator decides that the rules must know.
 *
 * @param publicPool the block that public addresses are taken from
 * @param waysOut the block of the router namespaces' ways out
 * @param uplink the card on which the host answers for public addresses; null when they are reachable from this host alone
 * @param resolvers IPv4 addresses of the resolvers that the VPCs' resolvers ask
 */
public record IptablesSettings(
        Cidr publicPool, Cidr waysOut, @Nullable String uplink, List<String> resolvers) {
    public IptablesSettings {
        resolvers = List.copyOf(resolvers);
    }
}
