package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Beside;
import io.croft.agent.firewall.FlowJudge;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** The four tools together: reading what is in force, and going from there to a compiled set. */
final class Kernel {
    private final Tables ipv4 = new Tables("iptables");
    private final Tables ipv6 = new Tables("ip6tables");
    private final AddressSets sets = new AddressSets();
    private final BridgeTable bridge = new BridgeTable();
    private final Flows flows = new Flows();
    /** Whose flows may be others than the rules in force allow. A zone leaves it only when that was seen to, whatever failed in between. */
    private final Map<VpcId, Integer> unjudged = new HashMap<>();

    private boolean begun;

    InForce read() {
        return new InForce(ipv4.read(), ipv6.read(), sets.read(), bridge.read());
    }

    /**
     * Applies the difference, and ends the flows that are no longer allowed, those too that the last agent was cut short before.
     *
     * @return whether there was a difference
     */
    boolean enforce(InForce live, Compiled wanted, FlowJudge judge) {
        doubt(live, wanted);
        var changed = replace(live, wanted);
        flows.end(unjudged, judge);
        unjudged.clear();
        return changed;
    }

    private void doubt(InForce live, Compiled wanted) {
        if (!begun || !live.within(wanted.appliedTo(live))) {
            unjudged.putAll(live.zones());
            unjudged.putAll(wanted.zones());
            begun = true;
        }
    }

    /**
     * A set that rules name is made before them, and one that they named goes after. All else of a change goes on at once: none of it lets anything through alone, and the change is in force when
     * all of it is. The two families take turns, since one lock may be both's.
     */
    private boolean replace(InForce live, Compiled wanted) {
        var rules = RestoreText.between(live.ipv4(), wanted.ipv4());
        var rulesV6 = RestoreText.between(live.ipv6(), wanted.ipv6());
        var guarded = live.guard().filter(wanted.guard()::equals).isPresent();
        if (rules.isEmpty() && rulesV6.isEmpty() && guarded && live.sets().equals(wanted.sets())) {
            return false;
        }
        Runnable members = () -> sets.add(live.sets(), wanted.sets());
        var work = new ArrayList<Runnable>();
        if (live.sets().keySet().containsAll(wanted.sets().keySet())) {
            work.add(members);
        } else {
            members.run();
        }
        if (!guarded) {
            work.add(() -> guard(live, wanted));
        }
        work.add(() -> {
            ipv4.apply(rules);
            ipv6.apply(rulesV6);
        });
        Beside.run(work);
        sets.remove(live.sets(), wanted.sets());
        return true;
    }

    private void guard(InForce live, Compiled wanted) {
        live.guard()
                .ifPresentOrElse(
                        before -> bridge.apply(wanted.guard().since(before)), () -> bridge.replace(wanted.guard()));
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
