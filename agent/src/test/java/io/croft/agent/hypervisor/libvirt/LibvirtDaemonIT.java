package io.croft.agent.hypervisor.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.exec.Exec;
import io.croft.agent.hypervisor.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A lab host has no systemd: it looks here as if it had, and its {@code systemctl} does by runit what systemd would do. */
@Tag("real")
@Tag("long")
class LibvirtDaemonIT {
    private static final Path SERVICE = Path.of("/var/lib/croft/service/libvirtd");
    private static final Path PROGRAMS = Path.of("/usr/local/sbin");
    private static final Path SAID = Path.of("/run/systemctl.said");
    private static final Path SYSTEMD = Path.of("/run/systemd");
    private static final Duration SOON = Duration.ofSeconds(30);

    private final LibvirtDaemon daemon = new LibvirtDaemon(List.of());

    @BeforeEach
    void systemdIsTheInit() throws IOException {
        assertThat(SERVICE).as("a lab host's libvirt").isDirectory();
        run("mount", "-t", "tmpfs", "-o", "mode=0755", "tmpfs", PROGRAMS.toString());
        Files.createDirectories(SYSTEMD.resolve("system"));
    }

    @AfterEach
    void itIsRunitAgain() throws IOException {
        Files.deleteIfExists(SYSTEMD.resolve("system"));
        Files.deleteIfExists(SYSTEMD);
        Files.deleteIfExists(SAID);
        run("umount", PROGRAMS.toString());
    }

    @Test
    void systemdRestartsTheUnitThatRuns() throws IOException {
        systemctl("exec sv -w 20 restart " + SERVICE);
        var before = daemon.begun().orElseThrow();
        daemon.restart();
        assertThat(SAID).hasContent("restart libvirtd.service");
        await().atMost(SOON).until(() -> daemon.begun().filter(before::isBefore).isPresent());
        await().atMost(SOON)
                .until(() -> Exec.run(List.of("virsh", "-q", "-c", "qemu:///system", "list"), SOON)
                        .ok());
    }

    @Test
    void aRestartThatSystemdRefusesIsToldAndNothingIsEnded() throws IOException {
        systemctl("echo 'Job for libvirtd.service failed.' >&2; exit 1");
        var before = daemon.begun();
        assertThatThrownBy(daemon::restart)
                .isInstanceOf(HypervisorException.class)
                .hasMessageContaining("Job for libvirtd.service failed.");
        assertThat(daemon.begun()).isPresent().isEqualTo(before);
    }

    private static void systemctl(String deed) throws IOException {
        var program = Files.writeString(
                PROGRAMS.resolve("systemctl"), "#!/bin/sh\necho \"$*\" >" + SAID + "\n" + deed + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    private static void run(String... argv) {
        Exec.run(List.of(argv), SOON).orThrow();
    }
}
