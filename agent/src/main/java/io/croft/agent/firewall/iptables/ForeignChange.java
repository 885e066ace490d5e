package io.croft.agent.firewall.iptables;

import io.croft.agent.firewall.BridgeGuard;
import io.croft.agent.firewall.Ruleset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * What somebody else did to the rules in force, for the log: a line each, {@code -} before what they took away and {@code +} before what they put in.
 */
final class ForeignChange {
    /** A flush of everything on a full host is told by its first lines. */
    private static final int MOST_LINES = 40;

    private final List<String> lines = new ArrayList<>();

    private ForeignChange() {}

    static List<String> between(InForce live, Compiled wanted) {
        var change = new ForeignChange();
        change.rules("ip", live.ipv4(), wanted.ipv4());
        change.rules("ip6", live.ipv6(), wanted.ipv6());
        change.sets(live.sets(), wanted.sets());
        change.guard(live.guard(), wanted.guard());
        return change.told();
    }

    private void rules(String family, LiveRules live, Ruleset wanted) {
        var tables = new TreeSet<>(live.tables().keySet());
        tables.addAll(wanted.tables().keySet());
        for (var table : tables) {
            var place = family + " " + table + " ";
            eachChain(
                    live.ourChains(table),
                    wanted.tables().getOrDefault(table, Map.of()),
                    (chain, both) -> members(place + chain + ": ", both.was(), both.should()));
            live.misplaced(table, wanted)
                    .forEach(jump -> lines.add("+ " + place + jump.builtIn() + ": " + jump.rule()));
        }
        wanted.hooks().stream()
                .filter(hook -> !live.holds(hook))
                .forEach(hook ->
                        lines.add("- " + family + " " + hook.table() + " " + hook.builtIn() + ": " + hook.rule()));
    }

    private record Both(List<String> was, List<String> should) {}

    private static void eachChain(
            Map<String, List<String>> live, Map<String, List<String>> wanted, BiConsumer<String, Both> look) {
        var chains = new TreeMap<String, Both>();
        live.forEach((chain, rules) -> chains.put(chain, new Both(rules, List.of())));
        wanted.forEach((chain, rules) -> chains.put(chain, new Both(live.getOrDefault(chain, List.of()), rules)));
        chains.forEach(look);
    }

    private void sets(Map<String, SortedSet<String>> live, Map<String, SortedSet<String>> wanted) {
        var names = new TreeSet<>(live.keySet());
        names.addAll(wanted.keySet());
        names.forEach(name ->
                members("set " + name + ": ", live.getOrDefault(name, none()), wanted.getOrDefault(name, none())));
    }

    private void guard(Optional<BridgeGuard> live, BridgeGuard wanted) {
        live.ifPresentOrElse(
                guard -> {
                    members("bridge macs: ", guard.macs(), wanted.macs());
                    members("bridge senders: ", guard.senders(), wanted.senders());
                },
                () -> lines.add("- bridge croft: the table, or some of its rules"));
    }

    private void members(String place, Collection<String> was, Collection<String> should) {
        var before = lines.size();
        rest(should, was).forEach(member -> lines.add("- " + place + member));
        rest(was, should).forEach(member -> lines.add("+ " + place + member));
        if (lines.size() == before && !List.copyOf(was).equals(List.copyOf(should))) {
            lines.add("- " + place + "the order of its rules");
        }
    }

    /** What of {@code from} is left when each of {@code these} is taken out once. */
    private static List<String> rest(Collection<String> from, Collection<String> these) {
        var rest = new ArrayList<>(from);
        these.forEach(rest::remove);
        return rest;
    }

    private static SortedSet<String> none() {
        return new TreeSet<>();
    }

    private List<String> told() {
        if (lines.size() <= MOST_LINES) {
            return List.copyOf(lines);
        }
        var told = new ArrayList<>(lines.subList(0, MOST_LINES));
        told.add("and " + (lines.size() - MOST_LINES) + " more");
        return List.copyOf(told);
    }
}
