package io.croft.controller.cluster;

import io.croft.agent.AgentSettings;
import io.croft.agent.CroftAgent;
import io.croft.agent.SimDrivers;
import io.croft.agent.faults.Faults;
import io.croft.types.Cidr;
import io.croft.types.HostId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A simulated host with a real agent, which may die and be started again over what it left. */
final class ClusterHost implements AutoCloseable {
    private static final Duration STOP_GRACE = Duration.ofSeconds(2);

    private final String name;
    private final Path folder;
    private final Wire wire;
    private final SimDrivers drivers = new SimDrivers();
    private final AgentSettings settings;
    private @Nullable HostId id;
    private @Nullable CroftAgent agent;

    private ClusterHost(String name, Path folder, Wire wire, URI enrollUrl) {
        this.name = name;
        this.folder = folder;
        this.wire = wire;
        this.settings = new AgentSettings(
                name,
                "us-east-1a",
                enrollUrl,
                wire.url(),
                folder.resolve("enroll.token"),
                folder.resolve("state"),
                folder.resolve("run"),
                AgentSettings.DriverKind.SIM,
                "",
                List.of(),
                "auto",
                List.of(),
                null,
                new Cidr("198.18.0.0/24"),
                "none",
                List.of(),
                STOP_GRACE,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                0);
    }

    /** A host whose agent has not been started yet. */
    static ClusterHost make(String name, Wire wire, URI enrollUrl, String token) {
        try {
            var folder = Files.createTempDirectory("croft-" + name);
            var host = new ClusterHost(name, folder, wire, enrollUrl);
            Files.writeString(host.settings.enrollTokenFile(), token + "\n");
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void start() {
        if (agent == null) {
            var fresh = CroftAgent.start(settings, drivers);
            agent = fresh;
            id = fresh.host();
        }
    }

    /** The agent is gone without a last word; machines, taps and filters go on. */
    synchronized void kill() {
        var old = agent;
        if (old != null) {
            wire.drop();
            old.close();
            agent = null;
        }
    }

    /** Comes in again, with a controller that does not know it. */
    synchronized void enrollAnew(String token) {
        kill();
        try {
            Files.writeString(settings.enrollTokenFile(), token + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /** Deletes what a dead agent remembers of its work; who it is stays. */
    void loseLedger() {
        remove(settings.stateDir().resolve("ledger"));
    }

    /** What the agent says of itself to who is on the host. */
    String status() {
        return read(settings.runDir().resolve("agent.status"));
    }

    /** Somebody on the host lets it start its instances without the controller. */
    void letStartAlone() {
        try {
            Files.createFile(leave());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean mayStartAlone() {
        return Files.exists(leave());
    }

    private Path leave() {
        return settings.runDir().resolve("start-alone");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    HostId id() {
        return Objects.requireNonNull(id);
    }

    Path identity() {
        return settings.stateDir().resolve("identity");
    }

    synchronized boolean connected() {
        return agent != null && agent.connected();
    }

    /** How much of what is wanted of it the agent has stored; 0 while there is none. */
    synchronized long revision() {
        return agent == null ? 0 : agent.revision();
    }

    /** Rounds of the present agent that ended in a bug. */
    synchronized long bugs() {
        return agent == null ? 0 : agent.stats().errors();
    }

    SimDrivers drivers() {
        return drivers;
    }

    Wire wire() {
        return wire;
    }

    /** The faults of all drivers, by the drivers' names. */
    Stream<Faults> faults() {
        return Stream.of(
                drivers.machineFaults(),
                drivers.volumeFaults(),
                drivers.imageFaults(),
                drivers.networkFaults(),
                drivers.firewallFaults(),
                drivers.metadataFaults());
    }

    void heal() {
        faults().forEach(Faults::clear);
        wire.mend();
    }

    @Override
    public void close() {
        heal();
        kill();
        wire.close();
        remove(folder);
    }

    private static void remove(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
