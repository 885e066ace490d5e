package io.croft.agent.link;

import io.croft.agent.ledger.Ledger;
import io.croft.agent.ledger.LedgerState;
import io.croft.agent.ledger.Settlement;
import io.croft.agent.reconcile.HostReport;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostFacts;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.ReportReceipt;
import io.croft.types.Generation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends reports from one thread: at each change what changed, every 15 s everything, and everything after a failure. What the controller settles is forgotten
 * in the generation that was reported, so a document that changed meanwhile stays.
 */
final class ReportSender {
    private static final Duration FULL_EVERY = Duration.ofSeconds(15);

    private final Reports reports;
    private final Ledger ledger;
    private final Supplier<HostFacts> facts;
    private final Runnable settledSome;
    private @Nullable HostReport latest;
    private boolean changed;
    private volatile boolean asked;
    private long fullDue = System.nanoTime();

    /**
     * @param facts the host's facts, for a full report
     * @param settledSome called when the ledger has forgotten something
     */
    ReportSender(Reports reports, Ledger ledger, Supplier<HostFacts> facts, Runnable settledSome) {
        this.reports = reports;
        this.ledger = ledger;
        this.facts = facts;
        this.settledSome = settledSome;
    }

    /** What the host is like now; sent as soon as the sender is free. */
    synchronized void accept(HostReport now) {
        latest = now;
        changed = true;
        notifyAll();
    }

    /** Whether the controller was restored and waits for its operator. */
    boolean asked() {
        return asked;
    }

    /** The controller may have missed something: the next report is a full one. */
    synchronized void startOver() {
        fullDue = System.nanoTime();
        notifyAll();
    }

    /**
     * Waits until there is something to send, and sends it.
     *
     * @throws LinkException when the controller did not take it; the next call sends everything
     */
    void sendNext(ControllerCalls calls) throws InterruptedException {
        var now = awaitWork();
        var full = full();
        if (!full && !reports.news(now)) {
            return;
        }
        var applied = ledger.state();
        try {
            var report = full
                    ? reports.full(now, applied.revision(), facts.get())
                    : reports.partial(now, applied.revision());
            var receipt = calls.report(report);
            reports.taken(report);
            settle(receipt.settled(), report, applied);
            answer(receipt, report, now, calls);
        } catch (LinkException e) {
            startOver();
            throw e;
        }
    }

    private synchronized HostReport awaitWork() throws InterruptedException {
        var report = latest;
        while (report == null || (!changed && System.nanoTime() < fullDue)) {
            var millis = report == null ? 0 : Math.max(1, (fullDue - System.nanoTime()) / 1_000_000);
            wait(millis);
            report = latest;
        }
        changed = false;
        return report;
    }

    private synchronized boolean full() {
        var due = System.nanoTime() >= fullDue;
        if (due) {
            fullDue = System.nanoTime() + FULL_EVERY.toNanos();
        }
        return due;
    }

    /** The ledger is told only once all of the host was looked at: what it does not name is then not there. */
    private void answer(ReportReceipt receipt, ObservedReport report, HostReport now, ControllerCalls calls) {
        if (report.full()) {
            asked = receipt.wantsLedger();
        }
        if (receipt.wantsLedger() && now.seen()) {
            var told = ledger.state();
            calls.ledger(new LedgerReport(
                    told.revision(),
                    ledger.whole(),
                    List.copyOf(told.documents().values()),
                    List.copyOf(told.made()),
                    now.documents(),
                    now.orphans()));
        }
    }

    private void settle(List<DocumentKey> keys, ObservedReport report, LedgerState applied) {
        if (keys.isEmpty()) {
            return;
        }
        var reported = reported(report);
        ledger.settle(keys.stream()
                .flatMap(key -> Optional.ofNullable(reported.get(key))
                        .or(() -> Optional.ofNullable(applied.documents().get(key))
                                .map(d -> d.generation()))
                        .map(generation -> new Settlement(key, generation))
                        .stream())
                .toList());
        settledSome.run();
    }

    private static Map<DocumentKey, Generation> reported(ObservedReport report) {
        var generations = new HashMap<DocumentKey, Generation>();
        for (ObservedDocument document : report.documents()) {
            generations.put(document.key(), document.generation());
        }
        return generations;
    }
}
