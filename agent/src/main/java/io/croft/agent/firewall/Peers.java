package io.croft.agent.firewall;

import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.types.SecurityGroupId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The groups of a wanted set: the rules of an interface, and the addresses of a group's members. */
final class Peers {
    private final Map<SecurityGroupId, SecurityGroupSpec> groups;
    private final Map<SecurityGroupId, SortedSet<String>> members;

    Peers(FirewallSpec wanted) {
        groups = wanted.groups().stream()
                .filter(g -> g.presence() == Presence.PRESENT)
                .collect(Collectors.toMap(SecurityGroupSpec::id, Function.identity(), (a, _) -> a));
        var here = wanted.ports().stream()
                .flatMap(p -> members(p.spec().groups(), p.spec().addresses()));
        var elsewhere = wanted.peers().stream()
                .flatMap(p -> p.members().stream())
                .flatMap(m -> members(m.groups(), m.addresses()));
        members = Stream.concat(here, elsewhere)
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.flatMapping(e -> e.getValue().stream(), Collectors.toCollection(TreeSet::new))));
    }

    private static Stream<Map.Entry<SecurityGroupId, List<String>>> members(
            List<SecurityGroupId> groups, List<String> addresses) {
        return groups.stream().map(g -> Map.entry(g, addresses));
    }

    /** What the interface's groups allow in one direction. A group that is not there allows nothing. */
    List<SecurityGroupRuleSpec> rules(InterfaceSpec nic, Direction direction) {
        return nic.groups().stream()
                .flatMap(id -> groups.containsKey(id) ? groups.get(id).rules().stream() : null)
                .filter(rule -> rule.direction() == direction)
                .distinct()
                .toList();
    }

    SortedSet<String> members(SecurityGroupId group) {
        return members.getOrDefault(group, new TreeSet<>());
    }

    /** The sets that the interfaces' rules name, with their addresses. */
    Map<String, SortedSet<String>> sets(List<FirewallPort> ports) {
        var sets = new TreeMap<String, SortedSet<String>>();
        for (var port : ports) {
            for (var direction : Direction.values()) {
                rules(port.spec(), direction).stream()
                        .map(SecurityGroupRuleSpec::group)
                        .filter(Objects::nonNull)
                        .forEach(group -> sets.put(ChainName.set(group), members(group)));
            }
        }
        return sets;
    }
}
