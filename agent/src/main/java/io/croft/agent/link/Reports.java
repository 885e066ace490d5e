package io.croft.agent.link;

import io.croft.agent.reconcile.HostReport;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostFacts;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the numbered reports of one epoch: what changed since the last that was taken, or everything. Not thread-safe.
 */
final class Reports {
    private final long epoch;
    private final String bootId;
    private final Map<DocumentKey, ObservedDocument> taken = new HashMap<>();
    private long sequence;

    Reports(long epoch, String bootId) {
        this.epoch = epoch;
        this.bootId = bootId;
    }

    ObservedReport full(HostReport now, long appliedRevision, HostFacts facts) {
        return report(now, true, appliedRevision, facts, now.documents());
    }

    /** Whether a partial report would say anything worth a call of its own; that work is under way is told along with what comes of it. */
    boolean news(HostReport now) {
        return !now.results().isEmpty() || changed(now).stream().anyMatch(d -> !underWay(d));
    }

    private static boolean underWay(ObservedDocument document) {
        return document.state() == ObservedDocument.State.PENDING && document.failure() == null;
    }

    ObservedReport partial(HostReport now, long appliedRevision) {
        return report(now, false, appliedRevision, null, changed(now));
    }

    /** The controller has this report. */
    void taken(ObservedReport report) {
        if (report.full()) {
            taken.clear();
        }
        taken.putAll(report.documents().stream().collect(Collectors.toMap(ObservedDocument::key, Function.identity())));
    }

    private List<ObservedDocument> changed(HostReport now) {
        return now.documents().stream()
                .filter(d -> !d.equals(taken.get(d.key())))
                .toList();
    }

    private ObservedReport report(
            HostReport now,
            boolean full,
            long appliedRevision,
            @Nullable HostFacts facts,
            List<ObservedDocument> documents) {
        sequence++;
        return new ObservedReport(
                epoch,
                bootId,
                sequence,
                full,
                appliedRevision,
                facts,
                documents,
                now.results(),
                full ? now.orphans() : List.of());
    }
}
