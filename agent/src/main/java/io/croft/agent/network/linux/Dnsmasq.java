package io.croft.agent.network.linux;

import io.croft.agent.network.NetworkException;
import io.croft.protocol.VpcSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The DHCP and DNS server of one VPC. It notices a new file in its hosts directory by itself and never forgets an old one; so a removed file is kept aside, and dnsmasq is
 * restarted before an interface comes that would collide with it, and now and then to forget.
 */
final class Dnsmasq {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(5);

    private final RouterNamespace namespace;
    private final VpcFiles files;

    Dnsmasq(RouterNamespace namespace, VpcFiles files) {
        this.namespace = namespace;
        this.files = files;
    }

    /** Makes it run with {@code settings}: one that runs with others ends before they are replaced, or it would be taken for one that has them. */
    void ensure(String settings) {
        if (!VpcFiles.holds(conf(), settings)) {
            stop();
            files.write(conf(), settings);
        }
        if (!alive()) {
            start();
        }
    }

    boolean alive() {
        return process().isPresent();
    }

    /** Makes the interface known, in a VPC such as {@code vpc}. */
    void admit(PortRecord port, VpcSpec vpc) {
        name(port, DnsmasqText.names(vpc, port));
        var line = DnsmasqText.host(port);
        if (collides(port, line)) {
            restart();
        }
        if (files.write(files.hosts().resolve(port.id().value()), line)) {
            VpcFiles.delete(files.retired().resolve(port.id().value()));
        }
    }

    /** What is read anew replaces what was read; what is gone does not, so a name ends by an empty file. */
    void name(PortRecord port, String text) {
        var file = files.names().resolve(port.id().value());
        if (!text.isEmpty() || Files.exists(file)) {
            files.write(file, text);
        }
    }

    /** Gives the interface's address, MAC and name free; done again after a half that was cut off, it is retired all the same. */
    void retire(PortRecord port) {
        name(port, "");
        var name = port.id().value();
        files.write(files.retired().resolve(name), DnsmasqText.host(port));
        VpcFiles.delete(files.hosts().resolve(name));
    }

    /** Forgets what was retired. */
    void forget() {
        if (!VpcFiles.names(files.retired()).isEmpty()) {
            restart();
        }
    }

    void stop() {
        process().ifPresent(this::end);
    }

    private void restart() {
        stop();
        start();
    }

    private void start() {
        for (var name : VpcFiles.names(files.retired())) {
            VpcFiles.delete(files.retired().resolve(name));
        }
        VpcFiles.names(files.names()).stream()
                .map(files.names()::resolve)
                .filter(file -> VpcFiles.holds(file, ""))
                .forEach(VpcFiles::delete);
        namespace.runOrThrow(List.of("dnsmasq", "--conf-file=" + conf()), "");
    }

    private boolean collides(PortRecord port, String line) {
        return VpcFiles.names(files.retired()).stream()
                .flatMap(name -> VpcFiles.read(files.retired().resolve(name)).stream())
                .filter(retired -> !retired.equals(line))
                .map(retired -> retired.split(","))
                .anyMatch(words -> words[0].equals(port.mac()) || words[1].equals(port.address()));
    }

    private Path conf() {
        return files.path("dnsmasq.conf");
    }

    /** The pid file's process, when it is this very dnsmasq: pids are used again. */
    private Optional<ProcessHandle> process() {
        return VpcFiles.read(files.path("dnsmasq.pid"))
                .map(String::strip)
                .filter(pid -> !pid.isEmpty() && commandLine(pid).contains(conf().toString()))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    }

    private static boolean ended(long pid) {
        var stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.isEmpty() || stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    }

    private static String commandLine(String pid) {
        return read(Path.of("/proc", pid, "cmdline"));
    }

    /** A file of a process; empty when the process is gone. */
    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            if (!Files.exists(file)) {
                return "";
            }
            throw new NetworkException("cannot look at the process behind " + file, e);
        }
    }

    /** An idle init may keep its corpse for a while; that holds no socket any more. */
    private void end(ProcessHandle process) {
        process.destroy();
        var begun = System.nanoTime();
        while (!ended(process.pid())) {
            var waited = Duration.ofNanos(System.nanoTime() - begun);
            if (waited.compareTo(PATIENCE) > 0) {
                process.destroyForcibly();
            }
            if (waited.compareTo(PATIENCE.multipliedBy(2)) > 0) {
                throw new NetworkException(
                        "dnsmasq " + process.pid() + " of " + namespace.name() + " does not end", null);
            }
            await(process);
        }
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException("interrupted while dnsmasq ended", e);
        } catch (ExecutionException e) {
            throw new NetworkException("cannot wait for dnsmasq", e);
        }
    }
}
