package io.croft.controller.hostlink;

import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostStateChanged;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.OperationResult;
import io.croft.protocol.Orphan;
import io.croft.protocol.Presence;
import io.croft.protocol.Underlay;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.OperationId;
import io.croft.types.ResourceId;
import io.croft.types.VolumeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** A host without an agent: reads what is wanted of it from the database and reports through the agents' own door what the test says. */
public final class ScriptedHost {
    private static final long GIB = 1L << 30;
    private static final String SINCE = "2026-11-21T00:00:00Z";

    private final HostId id;
    private final String zone;
    private final int cpus;
    private final ReportIntake intake;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final AtomicLong sequence = new AtomicLong();
    private volatile List<String> abilities = List.of(HostFacts.FILLS_VOLUMES, HostFacts.GUARDS_SUBNETS);
    private volatile long passed;
    private volatile List<Orphan> orphans = List.of();
    private volatile @Nullable Underlay underlay;

    ScriptedHost(HostId id, String zone, int cpus, ReportIntake intake, JdbcClient jdbc, JsonMapper json) {
        this.id = id;
        this.zone = zone;
        this.cpus = cpus;
        this.intake = intake;
        this.jdbc = jdbc;
        this.json = json;
    }

    public HostId id() {
        return id;
    }

    /** Its name, as operators see it. */
    public String name() {
        return "sim-" + id.value().substring("host-".length());
    }

    private HostFacts facts() {
        return new HostFacts(
                name(),
                zone,
                "x86_64",
                "tcg",
                cpus,
                64 * GIB,
                List.of(new StoragePool("file", 500 * GIB, 500 * GIB)),
                "1",
                List.of(),
                null,
                List.of(),
                List.of(),
                Arrays.stream(DocumentKind.values()).map(DocumentKind::wireName).toList(),
                abilities,
                underlay);
    }

    /** Its agent can just this from now on, and says so, and that everything is as wanted. */
    public void can(String... now) {
        abilities = List.of(now);
        converge();
    }

    /** Reaches other hosts by this address from now on. */
    public void over(String address) {
        underlay = new Underlay(address, "eth1", 1500);
        comeUp();
    }

    /** Has a volume from now on that no document names, as it says. */
    public void keepsNameless(VolumeId volume) {
        orphans = List.of(new Orphan(DocumentKind.VOLUME, volume.value(), volume.value()));
        comeUp();
    }

    /** Reports its facts and nothing else, which makes it ready for claims. */
    public void comeUp() {
        send(true, List.of(), List.of());
    }

    /** What is wanted of it now. */
    public List<HostDocument> documents() {
        return jdbc
                .sql("SELECT body::text FROM host_document WHERE host = :host ORDER BY revision, kind, id")
                .param("host", id.value())
                .query(String.class)
                .list()
                .stream()
                .map(body -> json.readValue(body, HostDocument.class))
                .toList();
    }

    /** The document of a resource, if it has one. */
    public Optional<HostDocument> document(ResourceId resource) {
        return documents().stream()
                .filter(d -> d.key().id().equals(resource.value()))
                .findFirst();
    }

    /** Reports one document's state, for the generation that is wanted now. */
    public void report(ResourceId resource, State state) {
        report(resource, state, null);
    }

    /** The same with a failure. */
    public void report(ResourceId resource, State state, @Nullable Failure failure) {
        var document = document(resource).orElseThrow(() -> new AssertionError("no document of " + resource));
        report(document.key(), document.generation(), state, failure);
    }

    /** Reports any state of any generation. */
    public void report(DocumentKey key, Generation generation, State state, @Nullable Failure failure) {
        send(false, List.of(new ObservedDocument(key, generation, state, failure, SINCE)), List.of());
    }

    /** Reports of an instance's document what the change makes of its being as wanted. */
    public void report(InstanceId id, UnaryOperator<ObservedDocument> change) {
        var document = document(id).orElseThrow(() -> new AssertionError("no document of " + id));
        var ready = new ObservedDocument(document.key(), document.generation(), State.READY, null, SINCE);
        send(false, List.of(change.apply(ready)), List.of());
    }

    /** Reports that everything is as wanted, and that operations are done. */
    public void converge() {
        var observed = new ArrayList<ObservedDocument>();
        var results = new ArrayList<OperationResult>();
        for (var document : documents()) {
            if (document.key().kind() == DocumentKind.OPERATION) {
                results.add(new OperationResult(new OperationId(document.key().id()), "b3V0cHV0", null, SINCE));
            } else {
                observed.add(
                        new ObservedDocument(document.key(), document.generation(), asWanted(document), null, SINCE)
                                .holding(held(document)));
            }
        }
        send(true, observed, results);
    }

    /** Reports what is there and works on nothing. */
    public void keepAlive() {
        send(false, List.of(), List.of());
    }

    /** What an instance's machine holds of volumes: all that it is to have while it runs, and while its memory is saved. */
    static @Nullable List<VolumeId> held(HostDocument document) {
        if (!(document instanceof InstanceSpec instance) || instance.presence() == Presence.ABSENT) {
            return null;
        }
        return instance.power() == Power.OFF && instance.stop() != StopMode.HIBERNATE
                ? List.of()
                : instance.disks().stream().map(DiskSpec::volume).toList();
    }

    private static State asWanted(HostDocument document) {
        if (document.presence() == Presence.ABSENT) {
            return State.GONE;
        }
        return document instanceof InstanceSpec instance && instance.power() == Power.OFF ? State.STOPPED : State.READY;
    }

    private void send(boolean full, List<ObservedDocument> observed, List<OperationResult> results) {
        intake.take(
                id,
                new ObservedReport(
                        1,
                        "boot",
                        sequence.incrementAndGet(),
                        full,
                        Long.MAX_VALUE,
                        full ? facts() : null,
                        observed,
                        results,
                        orphans,
                        null,
                        passed));
    }

    /** Has passed its fence from now on, as it says in each report. */
    public void passFence() {
        passed = jdbc.sql("SELECT fence FROM host WHERE id = :host")
                .param("host", id.value())
                .query(Long.class)
                .single();
    }

    /** What is claimed of it: virtual CPUs, memory and disk in bytes. */
    public List<Long> claimed() {
        return jdbc.sql("SELECT claimed_vcpus, claimed_memory, claimed_disk FROM host_capacity WHERE host = :host")
                .param("host", id.value())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    /** Counts as away, as if it had been silent for long; reporting brings it back. */
    public void vanish(ApplicationEventPublisher events, TransactionTemplate transaction) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("UPDATE host SET state = 'UNREACHABLE' WHERE id = :host")
                    .param("host", id.value())
                    .update();
            events.publishEvent(new HostStateChanged(id, HostState.READY, HostState.UNREACHABLE));
        });
    }
}
