package io.croft.agent.reconcile.kinds;

import io.croft.agent.firewall.FirewallPort;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.types.NetworkInterfaceId;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the agent knows of its host's filter: the one put in force last, and those tried since, each of which may be in force for all we know. */
final class ObservedFilter {
    private final Set<FirewallSpec> tried = new HashSet<>();
    private Set<String> problems = Set.of();
    private @Nullable FirewallSpec applied;

    /** What the driver says is wrong with the host's filter, one sentence each. */
    Set<String> problems() {
        return problems;
    }

    /** The filter put in force last; null until this agent has put one in force. */
    @Nullable
    FirewallSpec applied() {
        return applied;
    }

    /** Whether {@code spec} is in force, and no other that was tried since may be. */
    boolean inForce(FirewallSpec spec) {
        return spec.equals(applied) && tried.isEmpty();
    }

    /** Whether the filter holds something that {@code matches}, whichever of those tried is in force. */
    boolean surely(Predicate<FirewallSpec> matches) {
        return applied != null && matches.test(applied) && tried.stream().allMatch(matches);
    }

    /** Whether the filter may still hold chains for the interface. */
    boolean mayHold(NetworkInterfaceId id) {
        return applied == null || holds(applied, id) || tried.stream().anyMatch(s -> holds(s, id));
    }

    /** Whether the filter has chains for the interface, whichever of those tried is in force. */
    boolean surelyHolds(NetworkInterfaceId id) {
        return surely(s -> holds(s, id));
    }

    private static boolean holds(FirewallSpec spec, NetworkInterfaceId id) {
        return spec.ports().stream().map(FirewallPort::spec).anyMatch(s -> s.id().equals(id));
    }

    void attempt(FirewallSpec spec) {
        tried.add(spec);
    }

    void apply(FirewallSpec spec) {
        applied = spec;
        tried.clear();
    }

    void see(Set<String> now) {
        problems = Set.copyOf(now);
    }

    /** A filter that lost a port's chains behind our back is no longer the one that we applied. */
    void seeTaps(Set<String> taps) {
        if (applied != null
                && !applied.ports().stream()
                        .allMatch(p -> taps.contains(p.port().tap()))) {
            applied = null;
        }
    }
}
