package io.croft.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The isolation that every other test here stands on: a lab host touches nothing of the machine, and its end is the end of all of it. */
@Tag("real")
class LabHostE2E {
    private static final Path SCRIPT = LabEnvironment.current().script().resolveSibling("lib/labhost");

    @TempDir
    Path directory;

    @Test
    void theExitCodeIsTheCommandsAndNothingIsLeft() {
        Outcome outcome = labhost("run", "a", "--", "sh", "-c", "virsh -q list && echo $(hostname) && exit 7")
                .run();
        assertThat(outcome.exit()).isEqualTo(7);
        assertThat(outcome.output()).endsWith("a\n");
        assertThat(directory.resolve("hosts")).doesNotExist();
    }

    @Test
    void itsFilesAreItsOwn() {
        String name = "croft-test-" + System.nanoTime();
        List<String> files = List.of(
                "/etc/" + name, "/etc/libvirt/" + name, "/var/lib/croft/" + name, "/run/" + name, "/dev/shm/" + name);
        labhost(
                        "run",
                        "a",
                        "--plain",
                        "--",
                        "touch",
                        files.get(0),
                        files.get(1),
                        files.get(2),
                        files.get(3),
                        files.get(4))
                .run()
                .require();
        assertThat(files).noneMatch(f -> Files.exists(Path.of(f)));
    }

    @Test
    void killingTheRunnerEndsTheHost() throws IOException {
        Process runner =
                new ProcessBuilder(labhost("run", "a", "--", "sleep", "600").argv()).start();
        await("the host is up").atMost(Duration.ofSeconds(30)).until(() -> list().startsWith("a up"));
        runner.destroyForcibly().onExit().join();
        await("its init is gone").atMost(Duration.ofSeconds(10)).until(() -> list().startsWith("a dead"));
        labhost("down", "a").run().require();
        assertThat(directory.resolve("hosts")).doesNotExist();
    }

    @Test
    void aPowerCutKeepsFilesAndTheNetworkComesBack() {
        labhost("up", "hub", "--plain", "--bridge", "10.77.0.1/24").run().require();
        try {
            labhost("up", "spoke", "--plain", "--join", "hub=10.77.0.2/24")
                    .run()
                    .require();
            labhost("exec", "spoke", "--", "touch", "/var/lib/croft/kept").run().require();
            labhost("halt", "spoke").run().require();
            labhost("boot", "spoke").run().require();
            labhost("exec", "spoke", "--", "test", "-e", "/var/lib/croft/kept")
                    .run()
                    .require();
            labhost("exec", "spoke", "--", "busybox", "ping", "-c", "1", "-W", "5", "10.77.0.1")
                    .run()
                    .require();
        } finally {
            labhost("down", "spoke").run().require();
            labhost("down", "hub").run().require();
        }
    }

    private String list() {
        return labhost("list").run().require();
    }

    private Command labhost(String... words) {
        List<String> line =
                new ArrayList<>(List.of("env", "LABHOST_DIR=" + directory.resolve("hosts"), SCRIPT.toString()));
        line.addAll(List.of(words));
        return Command.of(line.toArray(String[]::new));
    }
}
