package io.croft.controller.hostlink;

import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.HostSessions;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.OperationResult;
import io.croft.protocol.Orphan;
import io.croft.protocol.ReportReceipt;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes in what agents report: one report of a host at a time, one transaction for each thing in it that is new. */
@Component
class ReportIntake {
    private static final Logger LOG = LoggerFactory.getLogger(ReportIntake.class);

    private final HostSessions sessions;
    private final DocumentTable documents;
    private final ObservationStep step;
    private final DesiredSignals signals;
    private final PendingOperations operations;
    private final Deliveries deliveries;
    private final Recovery recovery;
    private final MeterRegistry meters;
    private final ConcurrentHashMap<HostId, HostMemory> memories = new ConcurrentHashMap<>();

    ReportIntake(
            HostSessions sessions,
            DocumentTable documents,
            ObservationStep step,
            DesiredSignals signals,
            PendingOperations operations,
            Deliveries deliveries,
            Recovery recovery,
            MeterRegistry meters) {
        this.sessions = sessions;
        this.documents = documents;
        this.step = step;
        this.signals = signals;
        this.operations = operations;
        this.deliveries = deliveries;
        this.recovery = recovery;
        this.meters = meters;
    }

    /** What is kept of a host between its reports. Soft state. */
    private static final class HostMemory {
        private final ReentrantLock lock = new ReentrantLock();
        private final MissingDocuments missing = new MissingDocuments();
        private volatile List<Orphan> orphans = List.of();
        private volatile boolean toldAll;
    }

    /**
     * Takes a report in.
     *
     * @return what the agent can forget
     * @throws CloudException Conflict when the report is of an agent that has been started again since
     */
    ReportReceipt take(HostId host, ObservedReport report) {
        var came = System.nanoTime();
        var memory = memory(host);
        var timing = Timer.start(meters);
        memory.lock.lock();
        try {
            return switch (sessions.take(host, report)) {
                case TAKEN -> {
                    deliveries.reported(host, came, report);
                    yield recovery.awaits(host) ? ask(report, memory) : ReportReceipt.of(digest(host, report, memory));
                }
                case REPEATED -> ReportReceipt.of(List.of());
                case STALE ->
                    throw new CloudException(
                            ErrorCode.CONFLICT, "A later start of this host's agent has reported.", host.value(), null);
            };
        } finally {
            memory.lock.unlock();
            timing.stop(meters.timer("croft.hostlink.reports", "full", Boolean.toString(report.full())));
        }
    }

    /** Of a host whose ledger is not merged nothing is taken in and nothing settled; what it has stored and sees is asked for. */
    private ReportReceipt ask(ObservedReport report, HostMemory memory) {
        if (report.full()) {
            memory.orphans = report.orphans();
        }
        return report.full() ? ReportReceipt.wantingLedger() : ReportReceipt.of(List.of());
    }

    private void count(String outcome) {
        meters.counter("croft.hostlink.observations", "outcome", outcome).increment();
    }

    List<Orphan> orphans(HostId host) {
        return memory(host).orphans;
    }

    boolean toldAll(HostId host) {
        return memory(host).toldAll;
    }

    private HostMemory memory(HostId host) {
        return memories.computeIfAbsent(host, _ -> new HostMemory());
    }

    private List<DocumentKey> digest(HostId host, ObservedReport report, HostMemory memory) {
        var wanted = report.full() ? documents.entries(host) : documents.entries(host, keys(report));
        var settled = new ArrayList<DocumentKey>();
        for (var observation : report.documents()) {
            var entry = wanted.get(observation.key());
            if (entry == null) {
                unknown(host, observation, settled);
            } else if (isNews(observation, entry.last())) {
                note(host, observation, entry, settled);
            }
        }
        for (var result : report.operations()) {
            finish(host, result, settled);
        }
        if (report.full()) {
            compare(host, report, wanted, memory);
        }
        return settled;
    }

    private static Set<DocumentKey> keys(ObservedReport report) {
        return report.documents().stream().map(ObservedDocument::key).collect(Collectors.toSet());
    }

    private static boolean isNews(ObservedDocument observation, @Nullable ObservedDocument last) {
        return last == null || !last.saysWhat(observation);
    }

    /** Gone and not known here: its receipt was lost. Otherwise the database is older than the host, and nothing is removed on that ground. */
    private void unknown(HostId host, ObservedDocument observation, List<DocumentKey> settled) {
        if (observation.state() == ObservedDocument.State.GONE) {
            settled.add(observation.key());
        } else {
            count("unknown");
            LOG.atWarn()
                    .addKeyValue("host", host)
                    .addKeyValue("document", observation.key())
                    .log("A host has a document that the controller does not know");
        }
    }

    private void note(HostId host, ObservedDocument observation, DocumentTable.Entry entry, List<DocumentKey> settled) {
        try {
            if (step.note(host, observation, entry)) {
                settled.add(observation.key());
            }
            count("taken");
        } catch (RuntimeException e) {
            count("failed");
            LOG.atError()
                    .addKeyValue("host", host)
                    .addKeyValue("document", observation.key())
                    .setCause(e)
                    .log("Could not take an observation; the next report brings it again");
        }
    }

    private void finish(HostId host, OperationResult result, List<DocumentKey> settled) {
        try {
            step.finish(host, result);
            operations.complete(result);
            settled.add(new DocumentKey(DocumentKind.OPERATION, result.id().value()));
        } catch (RuntimeException e) {
            count("failed");
            LOG.atError()
                    .addKeyValue("host", host)
                    .addKeyValue("operation", result.id())
                    .setCause(e)
                    .log("Could not take an operation's result; the next report brings it again");
        }
    }

    private void compare(
            HostId host, ObservedReport report, Map<DocumentKey, DocumentTable.Entry> wanted, HostMemory memory) {
        memory.orphans = report.orphans();
        memory.toldAll = true;
        var missing = memory.missing.after(wanted.values(), keys(report), report.appliedRevision());
        if (!missing.isEmpty()) {
            count("missing");
            LOG.atWarn()
                    .addKeyValue("host", host)
                    .addKeyValue("documents", missing)
                    .log("A host no longer knows documents that it had; sending it everything again");
            signals.wakeForEverything(host);
        }
    }
}
