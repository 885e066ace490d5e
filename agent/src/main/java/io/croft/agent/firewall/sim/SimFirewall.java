package io.croft.agent.firewall.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps the set in force in memory; its faults are by the verbs of {@link Firewall}. */
public final class SimFirewall implements Firewall {
    private final Faults faults;
    private volatile FirewallSpec inForce = new FirewallSpec(List.of(), List.of());
    private volatile Set<String> problems = Set.of();

    public SimFirewall(Faults faults) {
        this.faults = faults;
    }

    /** The set that was applied last. */
    public FirewallSpec inForce() {
        return inForce;
    }

    /** What {@link #problems()} says from now on. */
    public void suffer(Set<String> sentences) {
        problems = Set.copyOf(sentences);
    }

    /** The host was started anew: no rule is in force. */
    public void loseAll() {
        replace(new FirewallSpec(List.of(), List.of()));
    }

    @Override
    public boolean apply(FirewallSpec wanted) {
        return faults.around("apply", () -> replace(wanted));
    }

    @Override
    public Set<String> ports() {
        return faults.around(
                "ports",
                () -> inForce.ports().stream().map(p -> p.port().tap()).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Set<String> problems() {
        return faults.around("problems", () -> problems);
    }

    private synchronized boolean replace(FirewallSpec wanted) {
        var changed = !inForce.equals(wanted);
        inForce = wanted;
        return changed;
    }
}
