package io.croft.agent.firewall.iptables;

import io.croft.agent.firewall.Ruleset;
import io.croft.agent.firewall.Ruleset.Hook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One family's rules as they are in the kernel: by table, our chains whole, and of the others the jumps to ours in their places.
 *
 * @param tables each table's chains with their rules
 */
record LiveRules(Map<String, Map<String, List<String>>> tables) {
    private static final String PREFIX = "CFT";

    /** Reads what {@code iptables-save} wrote. */
    static LiveRules parse(String saved, Map<String, String> protocolNumbers) {
        var tables = new TreeMap<String, Map<String, List<String>>>();
        var chains = new HashMap<String, List<String>>();
        for (var line : (Iterable<String>) saved.lines()::iterator) {
            if (line.startsWith("*")) {
                chains = new HashMap<>();
                tables.put(line.substring(1), chains);
            } else if (line.startsWith(":")) {
                chains.put(line.substring(1, line.indexOf(' ')), new ArrayList<>());
            } else if (line.startsWith("-A ")) {
                var end = line.indexOf(' ', 3);
                chains.computeIfAbsent(line.substring(3, end), _ -> new ArrayList<>())
                        .add(canonical(line.substring(end + 1), protocolNumbers));
            }
        }
        return new LiveRules(tables);
    }

    /** Protocols by number where the name would depend on the host's /etc/protocols, hardware addresses in the case of ours, and no quotes. */
    private static String canonical(String rule, Map<String, String> protocolNumbers) {
        var words = rule.split(" ", -1);
        for (int i = 1; i < words.length; i++) {
            if (words[i - 1].equals("-p")) {
                words[i] = protocolNumbers.getOrDefault(words[i], words[i]);
            } else if (words[i - 1].equals("--mac-source")) {
                words[i] = words[i].toLowerCase(Locale.ROOT);
            }
        }
        return String.join(" ", words).replace("\"", "");
    }

    static boolean ours(String chain) {
        return chain.startsWith(PREFIX);
    }

    Map<String, List<String>> ourChains(String table) {
        var ours = new TreeMap<String, List<String>>();
        tables.getOrDefault(table, Map.of()).forEach((chain, rules) -> {
            if (ours(chain)) {
                ours.put(chain, rules);
            }
        });
        return ours;
    }

    /** Whether the jump stands in its place, once. */
    boolean holds(Hook hook) {
        var rules = rules(hook.table(), hook.builtIn());
        return rules.stream().filter(hook.rule()::equals).count() == 1
                && rules.get(hook.first() ? 0 : rules.size() - 1).equals(hook.rule());
    }

    /** The jumps from built-in chains to ours that are out of place or not wanted. */
    Stream<Hook> misplaced(String table, Ruleset wanted) {
        return tables.getOrDefault(table, Map.of()).entrySet().stream()
                .filter(chain -> !ours(chain.getKey()))
                .flatMap(chain -> chain.getValue().stream()
                        .filter(rule -> rule.startsWith("-j " + PREFIX))
                        .map(rule -> new Hook(table, chain.getKey(), rule.substring("-j ".length()), true)))
                .filter(jump -> wanted.hooks().stream().noneMatch(hook -> same(hook, jump) && holds(hook)));
    }

    private static boolean same(Hook one, Hook other) {
        return one.table().equals(other.table())
                && one.builtIn().equals(other.builtIn())
                && one.chain().equals(other.chain());
    }

    List<String> rules(String table, String chain) {
        return tables.getOrDefault(table, Map.of()).getOrDefault(chain, List.of());
    }

    /** The rules once {@code wanted} was applied to these. */
    LiveRules after(Ruleset wanted) {
        var after = new TreeMap<String, Map<String, List<String>>>();
        tables.forEach((table, chains) -> chains.forEach((chain, rules) -> {
            if (!ours(chain)) {
                after.computeIfAbsent(table, _ -> new HashMap<>())
                        .put(
                                chain,
                                rules.stream()
                                        .filter(r -> !r.startsWith("-j " + PREFIX))
                                        .toList());
            }
        }));
        wanted.tables()
                .forEach((table, chains) ->
                        after.computeIfAbsent(table, _ -> new HashMap<>()).putAll(chains));
        for (var hook : wanted.hooks()) {
            var rules = new ArrayList<>(
                    after.computeIfAbsent(hook.table(), _ -> new HashMap<>()).getOrDefault(hook.builtIn(), List.of()));
            rules.add(hook.first() ? 0 : rules.size(), hook.rule());
            after.getOrDefault(hook.table(), new HashMap<>()).put(hook.builtIn(), rules);
        }
        return new LiveRules(after);
    }
}
