package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.exec.ExecResult;
import io.croft.agent.firewall.FirewallException;
import io.croft.agent.firewall.Flow;
import io.croft.agent.firewall.FlowJudge;
import io.croft.types.VpcId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The flows that connection tracking knows in the VPCs' zones. */
final class Flows {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Ends every flow that {@code judge} does not allow; in a zone with more than can be looked through, every flow. */
    void end(Map<VpcId, Integer> zones, FlowJudge judge) {
        var commands = new ArrayList<String>();
        zones.forEach((vpc, zone) -> {
            var listed = run(List.of("conntrack", "-L", "-f", "ipv4", "-w", Integer.toString(zone)), "", 0);
            if (listed.truncated()) {
                run(List.of("conntrack", "-D", "-f", "ipv4", "-w", Integer.toString(zone)), "", 1);
            } else {
                listed.stdout()
                        .lines()
                        .flatMap(line -> parse(line).stream())
                        .filter(flow -> !judge.allows(vpc, flow))
                        .forEach(flow -> commands.add(deletion(flow, zone)));
            }
        });
        if (!commands.isEmpty()) {
            // Status 1: one of them has ended by itself.
            run(List.of("conntrack", "--load-file", "-"), String.join("\n", commands) + "\n", 1);
        }
    }

    /** The first of each key is the original direction's: {@code tcp 6 300 ESTABLISHED src=... dst=... sport=... dport=... src=... [ASSURED]}. */
    static Optional<Flow> parse(String line) {
        var words = line.strip().split("\\s+");
        var values = Arrays.stream(words)
                .filter(word -> word.indexOf('=') > 0)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, _) -> first));
        var source = values.get("src");
        var target = values.get("dst");
        if (words.length < 2 || source == null || target == null) {
            return Optional.empty();
        }
        return Optional.of(new Flow(
                Integer.parseInt(words[1]),
                source,
                target,
                number(values, "sport", "id"),
                number(values, "dport", "type"),
                number(values, "code", "code")));
    }

    private static int number(Map<String, String> values, String key, String otherwise) {
        return Integer.parseInt(values.getOrDefault(key, values.getOrDefault(otherwise, "0")));
    }

    static String deletion(Flow flow, int zone) {
        var common = "-D -f ipv4 -w " + zone + " -p " + flow.protocol() + " --orig-src " + flow.source()
                + " --orig-dst " + flow.target();
        return switch (flow.protocol()) {
            case 6, 17 -> common + " --sport " + flow.fromPort() + " --dport " + flow.toPort();
            case 1 ->
                common + " --icmp-type " + flow.toPort() + " --icmp-code " + flow.code() + " --icmp-id "
                        + flow.fromPort();
            default -> common;
        };
    }

    private static ExecResult run(List<String> argv, String stdin, int worst) {
        try {
            var result = Exec.run(argv, stdin, DEADLINE);
            return result.exit() <= worst ? result : result.orThrow();
        } catch (ExecException e) {
            throw new FirewallException("conntrack failed", e);
        }
    }
}
