package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.FirewallException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The ipsets of the groups. What is to come is added before the rules that name it, what is to go goes after them. */
final class AddressSets {
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String PREFIX = "CFT";

    Map<String, SortedSet<String>> read() {
        var sets = new TreeMap<String, SortedSet<String>>();
        run(List.of("ipset", "save"), "")
                .lines()
                .map(line -> line.split(" ", 4))
                .filter(w -> w.length > 2 && w[1].startsWith(PREFIX))
                .forEach(words -> {
                    var members = sets.computeIfAbsent(words[1], _ -> new TreeSet<>());
                    if (words[0].equals("add")) {
                        members.add(words[2]);
                    }
                });
        return sets;
    }

    void add(Map<String, SortedSet<String>> live, Map<String, SortedSet<String>> wanted) {
        var text = new StringBuilder();
        wanted.forEach((name, members) -> {
            var there = live.get(name);
            if (there == null) {
                text.append("create ").append(name).append(" hash:ip family inet\n");
            }
            members.stream()
                    .filter(m -> there == null || !there.contains(m))
                    .forEach(m -> text.append("add ")
                            .append(name)
                            .append(' ')
                            .append(m)
                            .append('\n'));
        });
        apply(text);
    }

    void remove(Map<String, SortedSet<String>> live, Map<String, SortedSet<String>> wanted) {
        var text = new StringBuilder();
        live.forEach((name, members) -> {
            var stays = wanted.get(name);
            if (stays == null) {
                text.append("destroy ").append(name).append('\n');
            } else {
                members.stream()
                        .filter(m -> !stays.contains(m))
                        .forEach(m -> text.append("del ")
                                .append(name)
                                .append(' ')
                                .append(m)
                                .append('\n'));
            }
        });
        apply(text);
    }

    private static void apply(StringBuilder text) {
        if (!text.isEmpty()) {
            run(List.of("ipset", "restore"), text.toString());
        }
    }

    private static String run(List<String> argv, String stdin) {
        try {
            return Exec.run(argv, stdin, DEADLINE).orThrow().stdout();
        } catch (ExecException e) {
            throw new FirewallException("ipset failed", e);
        }
    }
}
