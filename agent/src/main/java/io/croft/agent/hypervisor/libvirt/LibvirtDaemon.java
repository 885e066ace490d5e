package io.croft.agent.hypervisor.libvirt;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecException;
import io.croft.agent.hypervisor.HypervisorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * libvirt's daemon on this host, and how it is restarted: by the command of the setting; else by systemd where that is the machine's init; else by ending it where a
 * {@code runsv} starts it again. Machines live on without it.
 *
 * @param command empty to find out
 */
record LibvirtDaemon(List<String> command) {
    /** systemd itself ends a unit that has not stopped within 90 s. */
    private static final Duration RESTARTED = Duration.ofMinutes(2);

    private static final Duration ENDED = Duration.ofSeconds(45);
    private static final Path SYSTEMD = Path.of("/run/systemd/system");
    /** The one of all drivers, and the one of QEMU alone. */
    private static final List<String> NAMES = List.of("libvirtd", "virtqemud");

    LibvirtDaemon {
        command = List.copyOf(command);
    }

    /** When the daemon that runs began; empty when none runs. */
    Optional<Instant> begun() {
        return running().flatMap(d -> d.process().info().startInstant());
    }

    /**
     * Restarts it; returns before the new one answers.
     *
     * @throws HypervisorException when it was not restarted
     */
    void restart() {
        try {
            if (!command.isEmpty()) {
                Exec.run(command, RESTARTED).orThrow();
            } else if (Files.isDirectory(SYSTEMD)) {
                var name = running().map(Running::name).orElse(NAMES.getFirst());
                Exec.run(List.of("systemctl", "restart", name + ".service"), RESTARTED)
                        .orThrow();
            } else {
                end(running()
                        .orElseThrow(() -> new HypervisorException("libvirt is to be restarted and is away", null))
                        .process());
            }
        } catch (ExecException e) {
            throw new HypervisorException("libvirt is to be restarted: " + e.getMessage(), e);
        }
    }

    /** Ends what is sure to come back. */
    private static void end(ProcessHandle daemon) {
        if (daemon.parent().filter(p -> "runsv".equals(name(p))).isEmpty()) {
            throw new HypervisorException(
                    "libvirt is to be restarted, and nothing is known that would start it again: set croft.agent.libvirt-restart",
                    null);
        }
        try {
            daemon.destroy();
            daemon.onExit().get(ENDED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // One that does not end in time waits for a machine that nobody lets go of.
            daemon.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HypervisorException("libvirt is to be restarted: interrupted", e);
        } catch (ExecutionException e) {
            throw new HypervisorException("libvirt is to be restarted: " + e.getCause(), e);
        }
    }

    private record Running(String name, ProcessHandle process) {}

    private static Optional<Running> running() {
        return NAMES.stream()
                .flatMap(name -> pid(Path.of("/run", name + ".pid"))
                        .flatMap(ProcessHandle::of)
                        .filter(p -> name.equals(name(p)))
                        .map(p -> new Running(name, p))
                        .stream())
                .findFirst();
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As the kernel has it, 15 characters at most. */
    private static String name(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "comm"))
                    .strip();
        } catch (IOException e) {
            return "";
        }
    }
}
