package io.croft.agent;

import static io.croft.agent.Documents.GIB;
import static io.croft.agent.Documents.IMAGE;
import static io.croft.agent.Documents.change;
import static io.croft.agent.Documents.full;
import static io.croft.agent.Documents.group;
import static io.croft.agent.Documents.instance;
import static io.croft.agent.Documents.instanceId;
import static io.croft.agent.Documents.nic;
import static io.croft.agent.Documents.volume;
import static io.croft.agent.Documents.vpc;
import static io.croft.protocol.InstanceSpec.Power.OFF;
import static io.croft.protocol.InstanceSpec.Power.ON;
import static io.croft.protocol.InstanceSpec.StopMode.FORCE;
import static io.croft.protocol.Presence.ABSENT;
import static io.croft.protocol.Presence.PRESENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.boot.HostStart;
import io.croft.agent.exec.Exec;
import io.croft.agent.ledger.Ledger;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.reconcile.Gate;
import io.croft.agent.reconcile.HostDrivers;
import io.croft.agent.reconcile.HostReport;
import io.croft.agent.reconcile.Reconciler;
import io.croft.agent.reconcile.kinds.GuestPatience;
import io.croft.agent.reconcile.kinds.HostKinds;
import io.croft.agent.reconcile.kinds.Instances;
import io.croft.agent.upload.MemorySink;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's core on the real drivers: machines run, go on without it, and leave nothing behind. Needs a lab host. */
@Tag("real")
class RealHostIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Duration QUICK = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private volatile HostReport report = new HostReport(List.of(), List.of(), List.of(), true, 0, Gate.OPEN);
    private RealDrivers drivers;
    private Ledger ledger;
    private MetadataService metadata;
    private Reconciler reconciler;
    private long revision = 1;

    @BeforeEach
    void start() throws IOException {
        var settings = new AgentSettings(
                "host",
                "us-east-1a",
                URI.create("https://127.0.0.1:1"),
                URI.create("https://127.0.0.1:1"),
                folder.resolve("token"),
                Path.of("/var/lib/croft/agent-test"),
                Path.of("/run/croft"),
                AgentSettings.DriverKind.REAL,
                "qemu:///system",
                List.of(),
                "tcg",
                List.of(),
                null,
                new Cidr("198.18.0.0/24"),
                "none",
                List.of("192.0.2.53"),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                GIB / 16);
        var images = Files.createDirectories(settings.stateDir().resolve("images"));
        qemuImg(
                "create",
                "-q",
                "-f",
                "qcow2",
                images.resolve(IMAGE.hex() + ".qcow2").toString(),
                "1G");
        drivers = new RealDrivers(settings, new LvmSettings(null, "pool", 85), InstantSource.system());
        startAgent();
        ledger.accept(full(1, vpc(1, 1, PRESENT), group(1, 1, 1, PRESENT)));
        reconciler.wake();
    }

    @AfterEach
    void stop() throws IOException {
        stopAgent();
        drivers.purge();
    }

    @Test
    void launchesKeepsAndEnds() throws IOException {
        awaitState(DocumentKind.VPC, 1, State.READY);
        var times = new ArrayList<Long>();
        for (var n = 1; n <= 5; n++) {
            times.add(launch(List.of(n)));
        }
        System.out.println("one at a time, ms: " + times + "; five at once: " + launch(List.of(6, 7, 8, 9, 10)));
        assertThat(running()).hasSize(10);
        var machines = processes();

        stopAgent();
        startAgent();
        await().atMost(SOON).until(() -> state(DocumentKind.INSTANCE, 1).equals(Optional.of(State.READY)));
        IntStream.rangeClosed(1, 10).forEach(n -> awaitState(DocumentKind.INSTANCE, n, State.READY));
        assertThat(processes()).isEqualTo(machines);

        virsh("destroy", instanceId(2).value());
        await().atMost(SOON).until(() -> running().size() == 10 && !processes().equals(machines));
        accept(List.of(instance(1, 2, PRESENT, OFF, FORCE)));
        awaitState(DocumentKind.INSTANCE, 1, State.STOPPED);

        var before = System.nanoTime();
        var documents = new ArrayList<HostDocument>();
        for (var n = 1; n <= 10; n++) {
            documents.add(instance(n, 9, ABSENT, OFF, FORCE));
            documents.add(nic(n, 1, n, 1, 9, ABSENT));
            documents.add(disk(n, 9, ABSENT));
        }
        documents.add(vpc(1, 9, ABSENT));
        documents.add(group(1, 1, 9, ABSENT));
        accept(documents);
        await().atMost(SOON).until(() -> report.documents().stream().allMatch(d -> d.state() == State.GONE));
        System.out.println(
                "ten ended, ms: " + Duration.ofNanos(System.nanoTime() - before).toMillis());
        assertThat(running()).isEmpty();
        assertThat(virsh("list", "--all", "--name").strip()).isEmpty();
        assertThat(run("ip", "-o", "link").lines().filter(l -> l.contains("cftt") || l.contains("cftb")))
                .isEmpty();
        assertThat(run("ip", "netns").lines().filter(l -> l.startsWith("croft-")))
                .isEmpty();
        assertThat(reconciler.stats().errors()).isZero();
        assertThat(reconciler.stats().drift()).isZero();
    }

    /** Milliseconds from the documents' arrival until all are ready. */
    private long launch(List<Integer> numbers) {
        var documents = new ArrayList<HostDocument>();
        for (var n : numbers) {
            documents.add(nic(n, 1, n, 1, 1, PRESENT));
            documents.add(disk(n, 1, PRESENT));
            documents.add(instance(n, 1, PRESENT, ON, FORCE));
        }
        var before = System.nanoTime();
        accept(documents);
        numbers.forEach(n -> awaitState(DocumentKind.INSTANCE, n, State.READY));
        return Duration.ofNanos(System.nanoTime() - before).toMillis();
    }

    private static VolumeSpec disk(int n, long generation, Presence presence) {
        var sim = volume(n, 1, presence);
        return new VolumeSpec(sim.id(), sim.account(), new Generation(generation), presence, "file", GIB, sim.image());
    }

    private void startAgent() throws IOException {
        ledger = Ledger.open(folder.resolve("ledger"));
        metadata = drivers.metadata(new LedgerCatalog(ledger::state));
        var hypervisor = drivers.hypervisor();
        var start = HostStart.of(folder, "", new Random());
        ledger.heard(start.id());
        reconciler = new Reconciler(
                HostKinds.all(
                        drivers.network()::port,
                        Duration.ofSeconds(30),
                        new GuestPatience(Duration.ofMinutes(5), Duration.ofMinutes(15))),
                new HostDrivers(
                        hypervisor,
                        drivers.volumes(),
                        drivers.images((_, _) -> Optional.empty()),
                        id -> {
                            throw new AssertionError(id + " was asked for");
                        },
                        drivers.network(),
                        drivers.firewall(),
                        metadata,
                        new MemorySink()),
                ledger,
                start,
                InstantSource.system(),
                new Random(),
                r -> report = r);
        hypervisor.onChange(id -> reconciler.hint(Instances.key(id)));
        reconciler.start();
    }

    private void stopAgent() throws IOException {
        reconciler.close();
        metadata.close();
        ledger.close();
        report = new HostReport(List.of(), List.of(), List.of(), true, 0, Gate.OPEN);
    }

    private void accept(List<HostDocument> documents) {
        revision++;
        ledger.accept(change(revision, documents.toArray(HostDocument[]::new)));
        reconciler.wake();
    }

    private void awaitState(DocumentKind kind, int n, State state) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .atMost(SOON)
                .untilAsserted(
                        () -> assertThat(state(kind, n)).as("%s %d", kind, n).hasValue(state));
    }

    private Optional<State> state(DocumentKind kind, int n) {
        var suffix = "%017x".formatted(n);
        return report.documents().stream()
                .filter(d -> d.key().kind() == kind && d.key().id().endsWith(suffix))
                .findFirst()
                .map(d -> d.state());
    }

    private static List<String> running() {
        return virsh("list", "--name")
                .lines()
                .filter(l -> !l.isBlank())
                .sorted()
                .toList();
    }

    private static List<String> processes() {
        return run("pgrep", "-f", "guest=i-").lines().sorted().toList();
    }

    private static void qemuImg(String... arguments) {
        run("qemu-img", arguments);
    }

    private static String virsh(String... arguments) {
        return run("virsh", arguments);
    }

    private static String run(String program, String... arguments) {
        var argv = new ArrayList<>(List.of(program));
        argv.addAll(List.of(arguments));
        return Exec.run(argv, QUICK).orThrow().stdout();
    }
}
