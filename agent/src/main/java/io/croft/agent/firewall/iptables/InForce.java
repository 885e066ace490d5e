package io.croft.agent.firewall.iptables;

import io.croft.agent.firewall.BridgeGuard;
import io.croft.types.VpcId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is in force of ours, or was when the kernel was last asked and has been applied since.
 *
 * @param guard the bridges' own table; empty when it is missing or has other chains than it should
 */
record InForce(LiveRules ipv4, LiveRules ipv6, Map<String, SortedSet<String>> sets, Optional<BridgeGuard> guard) {
    private static final Pattern ZONE = Pattern.compile("--comment (vpc-[0-9a-f]+) -j CT --zone ([0-9]+)");
    private static final Pattern TAP = Pattern.compile("--physdev-(?:in|out) (cftt[0-9a-f]{8}) ");
    private static final String RETURN = "-j RETURN";

    Map<VpcId, Integer> zones() {
        var zones = new HashMap<VpcId, Integer>();
        for (var rule : ipv4.rules("raw", "CFT-ZONES")) {
            var matcher = ZONE.matcher(rule);
            if (matcher.find()) {
                zones.put(new VpcId(matcher.group(1)), Integer.valueOf(matcher.group(2)));
            }
        }
        return zones;
    }

    /** The taps that both directions' chains know. */
    Set<String> taps() {
        var taps = new TreeSet<>(taps("CFT-OUT-"));
        taps.retainAll(taps("CFT-IN-"));
        return taps;
    }

    private Set<String> taps(String chains) {
        var taps = new TreeSet<String>();
        ipv4.ourChains("filter").entrySet().stream()
                .filter(chain -> chain.getKey().startsWith(chains))
                .flatMap(chain -> chain.getValue().stream())
                .map(TAP::matcher)
                .filter(Matcher::find)
                .forEach(matcher -> taps.add(matcher.group(1)));
        return taps;
    }

    /** Whether everything that this allows, {@code next} allows too, as far as a look at the texts tells. */
    boolean within(InForce next) {
        return next.allowed().collect(Collectors.toSet()).containsAll(allowed().toList());
    }

    /** Each thing that lets a packet through: a chain's RETURN, a set's member. */
    private Stream<String> allowed() {
        var rules = ipv4.ourChains("filter").entrySet().stream()
                .flatMap(chain -> chain.getValue().stream()
                        .filter(r -> r.endsWith(RETURN))
                        .map(r -> chain.getKey() + " " + r));
        var members =
                sets.entrySet().stream().flatMap(set -> set.getValue().stream().map(m -> set.getKey() + " " + m));
        return Stream.concat(rules, members);
    }
}
