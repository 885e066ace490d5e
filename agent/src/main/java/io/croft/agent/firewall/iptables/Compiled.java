package io.croft.agent.firewall.iptables;

import io.croft.agent.firewall.BridgeGuard;
import io.croft.agent.firewall.FirewallPort;
import io.croft.agent.firewall.FirewallRenderer;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.firewall.Ruleset;
import io.croft.agent.firewall.Zones;
import io.croft.types.VpcId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** A wanted set as the texts that the kernel's tools take. */
record Compiled(
        Ruleset ipv4, Ruleset ipv6, Map<String, SortedSet<String>> sets, BridgeGuard guard, Map<VpcId, Integer> zones) {
    /** VPCs keep the zones that they have. */
    static Compiled of(FirewallSpec wanted, FirewallRenderer renderer, Map<VpcId, Integer> zonesBefore) {
        var vpcs = wanted.ports().stream()
                .map(FirewallPort::vpc)
                .map(v -> v.id())
                .distinct()
                .toList();
        var zones = Zones.assign(zonesBefore, vpcs);
        return new Compiled(
                renderer.ipv4(wanted, zones), renderer.ipv6(), renderer.sets(wanted), BridgeGuard.of(wanted), zones);
    }

    /** What is in force once this was applied over {@code live}. */
    InForce appliedTo(InForce live) {
        return new InForce(live.ipv4().after(ipv4), live.ipv6().after(ipv6), sets, Optional.of(guard));
    }
}
