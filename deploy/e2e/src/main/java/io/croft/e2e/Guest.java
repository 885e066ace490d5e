package io.croft.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance as seen by who logs in to it.
 *
 * @param address its public address
 * @param key the private key to log in with
 * @param user whom to log in as
 */
public record Guest(String address, Path key, String user) {
    /** Runs a shell command in the guest. Fails within a few seconds when SSH does not answer. */
    public Outcome sh(String script) {
        List<String> line =
                new ArrayList<>(List.of("ssh", "-F", "none", "-i", key.toString(), "-o", "IdentitiesOnly=yes"));
        for (String option : List.of(
                "BatchMode=yes",
                "ConnectTimeout=3",
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null",
                "LogLevel=ERROR")) {
            line.add("-o");
            line.add(option);
        }
        line.add(user + "@" + address);
        line.add(script);
        return Command.of(line.toArray(String[]::new))
                .within(Duration.ofSeconds(60))
                .run();
    }

    public boolean answers() {
        return sh("true").succeeded();
    }
}
