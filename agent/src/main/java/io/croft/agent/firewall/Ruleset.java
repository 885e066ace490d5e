package io.croft.agent.firewall;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one family's tables are to hold of ours: each table's chains with their rules as {@code iptables-save} writes them, without {@code -A CHAIN}, and where the built-in
 * chains jump to ours.
 */
public record Ruleset(Map<String, Map<String, List<String>>> tables, List<Hook> hooks) {
    public Ruleset {
        hooks = List.copyOf(hooks);
    }

    /** A jump from a built-in chain to one of ours, as its first rule or its last. */
    public record Hook(String table, String builtIn, String chain, boolean first) {
        /** The jump as a rule. */
        public String rule() {
            return "-j " + chain;
        }
    }

    /** The rules of a chain; none when there is no such chain. */
    public List<String> chain(String table, String chain) {
        return tables.getOrDefault(table, Map.of()).getOrDefault(chain, List.of());
    }

    /** Collects chains. */
    static final class Draft {
        private final Map<String, Map<String, List<String>>> tables = new TreeMap<>();

        Draft chain(String table, String chain, List<String> rules) {
            tables.computeIfAbsent(table, _ -> new TreeMap<>()).put(chain, List.copyOf(rules));
            return this;
        }

        Ruleset with(Hook... hooks) {
            return new Ruleset(tables, List.of(hooks));
        }
    }
}
