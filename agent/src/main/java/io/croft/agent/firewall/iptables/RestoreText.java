package io.croft.agent.firewall.iptables;

import io.croft.agent.firewall.Ruleset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The difference between rules in force and rules wanted, as input for {@code iptables-restore --noflush}. */
final class RestoreText {
    private RestoreText() {}

    /** Empty when there is no difference. */
    static String between(LiveRules live, Ruleset wanted) {
        var tables = new TreeSet<>(live.tables().keySet());
        tables.addAll(wanted.tables().keySet());
        var text = new StringBuilder();
        for (var table : tables) {
            var commands = commands(table, live, wanted);
            if (!commands.isEmpty()) {
                text.append('*').append(table).append('\n');
                commands.forEach(command -> text.append(command).append('\n'));
                text.append("COMMIT\n");
            }
        }
        return text.toString();
    }

    /** Chains that differ are emptied and filled, those not wanted are emptied and, once nothing jumps to them, removed. */
    private static List<String> commands(String table, LiveRules live, Ruleset wanted) {
        var declared = new ArrayList<String>();
        var rules = new ArrayList<String>();
        var removed = new ArrayList<String>();
        var there = live.ourChains(table);
        wanted.tables().getOrDefault(table, Map.of()).forEach((chain, lines) -> {
            if (!lines.equals(there.get(chain))) {
                declared.add(":" + chain + " - [0:0]");
                lines.forEach(line -> rules.add("-A " + chain + " " + line));
            }
            there.remove(chain);
        });
        there.keySet().forEach(chain -> {
            declared.add(":" + chain + " - [0:0]");
            removed.add("-X " + chain);
        });
        live.misplaced(table, wanted).forEach(jump -> rules.add("-D " + jump.builtIn() + " " + jump.rule()));
        wanted.hooks().stream()
                .filter(hook -> hook.table().equals(table) && !live.holds(hook))
                .forEach(hook -> rules.add(
                        (hook.first() ? "-I " + hook.builtIn() + " 1 " : "-A " + hook.builtIn() + " ") + hook.rule()));
        declared.addAll(rules);
        declared.addAll(removed);
        return declared;
    }
}
