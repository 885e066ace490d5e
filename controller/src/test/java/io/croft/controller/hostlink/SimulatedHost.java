package io.croft.controller.hostlink;

import io.croft.controller.fleet.CertificateAuthority;
import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.HostFacts;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A host on which everything wanted is so at once; it speaks the agents' protocol over the real port and holds nothing but documents. As an agent does, it reports what changed at once, and
 * in full every 5 s.
 */
public final class SimulatedHost implements AutoCloseable {
    private static final Duration FULL_REPORTS = Duration.ofSeconds(5);

    private final Clock clock = Clock.systemUTC();
    private final Map<DocumentKey, HostDocument> documents = new TreeMap<>();
    private final ProtocolClient client;
    private final HostFacts facts;
    private final Thread worker;
    private long sequence;
    private long revision;

    /** Enrols the host and begins to follow its stream; it is ready when this returns. */
    public SimulatedHost(Connectors connectors, CertificateAuthority authority, EnrollmentTokens tokens) {
        this(
                connectors,
                authority.certificate(),
                tokens.issue(Duration.ofMinutes(5)).token(),
                id -> EnrolledHosts.facts(id, 64, 256));
    }

    /** The same of a controller that may be another process, with the token that it issued. */
    public SimulatedHost(
            Connectors connectors, X509Certificate authority, String token, Function<HostId, HostFacts> facts) {
        client = new ProtocolClient(connectors, authority);
        this.facts = facts.apply(client.host());
        client.enroll(token);
        reportAll(List.of());
        worker = Thread.ofVirtual().name("simulated-host").start(this::follow);
    }

    public HostId id() {
        return client.host();
    }

    private void follow() {
        var lines = client.desired(0);
        var reported = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var rest = FULL_REPORTS.toNanos() - (System.nanoTime() - reported);
                var batch = lines.poll(rest, TimeUnit.NANOSECONDS);
                var operations = new ArrayList<OperationResult>();
                if (batch != null) {
                    batch.documents().forEach(d -> take(d, operations));
                    revision = batch.revision();
                }
                if (batch == null || batch.full()) {
                    reportAll(operations);
                    reported = System.nanoTime();
                } else {
                    report(false, documents(batch), operations);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<HostDocument> documents(DesiredBatch batch) {
        return batch.documents().stream()
                .flatMap(d -> Stream.ofNullable(documents.get(d.key())))
                .toList();
    }

    private void take(HostDocument document, List<OperationResult> operations) {
        if (document instanceof OperationSpec operation) {
            if (operation.presence() == Presence.PRESENT) {
                operations.add(new OperationResult(
                        operation.id(), output(operation), null, clock.instant().toString()));
            }
        } else {
            documents.put(document.key(), document);
        }
    }

    private static String output(OperationSpec operation) {
        var text = operation.verb() + " of " + operation.instance() + "\n";
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void reportAll(List<OperationResult> operations) {
        report(true, documents.values(), operations);
    }

    private void report(boolean full, Collection<HostDocument> told, List<OperationResult> operations) {
        var observed = told.stream()
                .map(d -> new ObservedDocument(
                                d.key(),
                                d.generation(),
                                state(d),
                                null,
                                clock.instant().toString())
                        .holding(ScriptedHost.held(d)))
                .toList();
        var receipt = client.report(new ObservedReport(
                1, "boot", ++sequence, full, revision, full ? facts : null, observed, operations, List.of()));
        receipt.settled().forEach(documents::remove);
    }

    private static State state(HostDocument document) {
        if (document.presence() == Presence.ABSENT) {
            return State.GONE;
        }
        return document instanceof InstanceSpec i && i.power() == InstanceSpec.Power.OFF ? State.STOPPED : State.READY;
    }

    @Override
    public void close() {
        worker.interrupt();
        client.close();
    }
}
