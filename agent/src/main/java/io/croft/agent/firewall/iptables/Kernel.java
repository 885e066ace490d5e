package io.croft.agent.firewall.iptables;

import io.croft.agent.firewall.FlowJudge;
import java.util.HashMap;

/** The four tools together: reading what is in force, and going from there to a compiled set. */
final class Kernel {
    private final Tables ipv4 = new Tables("iptables");
    private final Tables ipv6 = new Tables("ip6tables");
    private final AddressSets sets = new AddressSets();
    private final BridgeTable bridge = new BridgeTable();
    private final Flows flows = new Flows();

    InForce read() {
        return new InForce(ipv4.read(), ipv6.read(), sets.read(), bridge.read());
    }

    /**
     * Applies the difference: what rules name comes before them, what they named goes after. Ends what is no longer allowed.
     *
     * @return whether there was any
     */
    boolean enforce(InForce live, Compiled wanted, FlowJudge judge) {
        var rules = RestoreText.between(live.ipv4(), wanted.ipv4());
        var rulesV6 = RestoreText.between(live.ipv6(), wanted.ipv6());
        var guarded = live.guard().filter(wanted.guard()::equals).isPresent();
        if (rules.isEmpty() && rulesV6.isEmpty() && guarded && live.sets().equals(wanted.sets())) {
            return false;
        }
        sets.add(live.sets(), wanted.sets());
        if (!guarded) {
            live.guard()
                    .ifPresentOrElse(
                            before -> bridge.apply(wanted.guard().since(before)), () -> bridge.replace(wanted.guard()));
        }
        ipv4.apply(rules);
        ipv6.apply(rulesV6);
        sets.remove(live.sets(), wanted.sets());
        if (!live.within(wanted.appliedTo(live))) {
            var zones = new HashMap<>(live.zones());
            zones.putAll(wanted.zones());
            flows.end(zones, judge);
        }
        return true;
    }

    /** Tries a rule that our chains cannot do without. */
    void probe() {
        ipv4.apply("""
                *filter
                :CFT-PROBE - [0:0]
                -A CFT-PROBE -m physdev --physdev-in cftt+ --physdev-is-bridged -j DROP
                -F CFT-PROBE
                -X CFT-PROBE
                COMMIT
                """);
    }
}
