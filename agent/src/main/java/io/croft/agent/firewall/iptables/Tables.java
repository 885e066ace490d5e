package io.croft.agent.firewall.iptables;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.firewall.FirewallException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One family's tables in the kernel. */
final class Tables {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String LOCK_SECONDS = "10";
    private static final Path PROTOCOLS = Path.of("/etc/protocols");
    /** These are written by name on every host. */
    private static final Set<String> NAMED = Set.of("tcp", "udp", "icmp");

    private final String command;

    /** For {@code iptables} or {@code ip6tables}. */
    Tables(String command) {
        this.command = command;
    }

    LiveRules read() {
        var saved = run(List.of(command + "-save"), "");
        return LiveRules.parse(saved, protocolNumbers());
    }

    /** Applies a text of {@link RestoreText}, each table of it as one transaction; nothing when it is empty. */
    void apply(String text) {
        if (!text.isEmpty()) {
            run(List.of(command + "-restore", "--noflush", "-w", LOCK_SECONDS), text);
        }
    }

    private static String run(List<String> argv, String stdin) {
        try {
            return Exec.run(argv, stdin, DEADLINE).orThrow().stdout();
        } catch (ExecException e) {
            throw new FirewallException(argv.getFirst() + " failed", e);
        }
    }

    private static Map<String, String> protocolNumbers() {
        var numbers = new HashMap<String, String>();
        try {
            for (var line : Files.exists(PROTOCOLS) ? Files.readAllLines(PROTOCOLS) : List.<String>of()) {
                var words = line.strip().split("\\s+", 3);
                if (words.length > 1 && !NAMED.contains(words[0]) && !words[0].startsWith("#")) {
                    numbers.put(words[0], words[1]);
                }
            }
        } catch (IOException e) {
            throw new FirewallException("cannot read " + PROTOCOLS, e);
        }
        return numbers;
    }
}
