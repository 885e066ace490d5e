package io.croft.agent.network.linux;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.network.NetworkException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commands for iproute2's {@code ip} or {@code bridge}, run by one process in the order given; the first that fails ends it. */
final class IpBatch {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final List<String> prefix;
    private final List<String> commands = new ArrayList<>();

    private IpBatch(List<String> prefix) {
        this.prefix = prefix;
    }

    /** For the namespace that the agent runs in. */
    static IpBatch ofHost() {
        return new IpBatch(List.of("ip", "-batch", "-"));
    }

    /** For {@code bridge}, in the namespace that the agent runs in. */
    static IpBatch ofBridges() {
        return new IpBatch(List.of("bridge", "-batch", "-"));
    }

    /** For a named namespace. */
    static IpBatch of(String namespace) {
        return new IpBatch(List.of("ip", "-netns", namespace, "-batch", "-"));
    }

    /** Adds a command, its words separated by single spaces. */
    void add(String command) {
        commands.add(command);
    }

    void addUnlessExists(String link, String command) {
        if (!Links.exists(link)) {
            commands.add(command);
        }
    }

    /** Takes away a link of the host when it is there; the other end of a veth goes with it. */
    void removeLink(String link) {
        if (Links.exists(link)) {
            commands.add("link delete dev " + link);
        }
    }

    /** Makes a thing absent that {@code replace} makes present, whether it is there or not. */
    void makeAbsent(String object, String thing) {
        commands.add(object + " replace " + thing);
        commands.add(object + " delete " + thing);
    }

    /**
     * Runs what was added; nothing when that is nothing.
     *
     * @throws NetworkException with the command that failed
     */
    void run() {
        if (commands.isEmpty()) {
            return;
        }
        try {
            var result = Exec.run(prefix, String.join("\n", commands) + "\n", DEADLINE);
            if (!result.ok()) {
                throw new NetworkException(
                        prefix.getFirst() + ": " + failed(result.stderr()).orElse("status " + result.exit()) + ": "
                                + result.stderr().strip(),
                        null);
            }
        } catch (ExecException e) {
            throw new NetworkException("cannot run " + prefix.getFirst(), e);
        }
    }

    /** Both name the line that failed: {@code Command failed -:3}. */
    private Optional<String> failed(String stderr) {
        return stderr.lines()
                .filter(line -> line.startsWith("Command failed -:"))
                .map(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1)) - 1)
                .filter(index -> index >= 0 && index < commands.size())
                .map(commands::get)
                .findFirst();
    }
}
