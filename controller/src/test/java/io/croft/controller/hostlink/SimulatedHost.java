package io.croft.controller.hostlink;

import io.croft.controller.fleet.CertificateAuthority;
import io.croft.controller.fleet.EnrolledHosts;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A host on which everything wanted is so at once; it speaks the agents' protocol over the real port and holds nothing but documents. It reports at least every 5 s. */
public final class SimulatedHost implements AutoCloseable {
    private final Clock clock = Clock.systemUTC();
    private final Map<DocumentKey, HostDocument> documents = new TreeMap<>();
    private final ProtocolClient client;
    private final Thread worker;
    private long sequence;
    private long revision;

    /** Enrols the host and begins to follow its stream; it is ready when this returns. */
    public SimulatedHost(Connectors connectors, CertificateAuthority authority, EnrollmentTokens tokens) {
        client = new ProtocolClient(connectors, authority.certificate());
        client.enroll(tokens.issue(Duration.ofMinutes(5)).token());
        report(List.of());
        worker = Thread.ofVirtual().name("simulated-host").start(this::follow);
    }

    public HostId id() {
        return client.host();
    }

    private void follow() {
        var lines = client.desired(0);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var batch = lines.poll(5, TimeUnit.SECONDS);
                var operations = new ArrayList<OperationResult>();
                if (batch != null) {
                    batch.documents().forEach(d -> take(d, operations));
                    revision = batch.revision();
                }
                report(operations);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private void report(List<OperationResult> operations) {
        var observed = documents.values().stream()
                .map(d -> new ObservedDocument(
                        d.key(), d.generation(), state(d), null, clock.instant().toString()))
                .toList();
        var receipt = client.report(new ObservedReport(
                1,
                "boot",
                ++sequence,
                true,
                revision,
                EnrolledHosts.facts(client.host(), 64, 256),
                observed,
                operations,
                List.of()));
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
