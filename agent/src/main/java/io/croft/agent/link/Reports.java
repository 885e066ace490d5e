package io.croft.agent.link;

import io.croft.agent.reconcile.CarriedOut;
import io.croft.agent.reconcile.HostReport;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentSteps;
import io.croft.protocol.HostFacts;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedReport;
import io.croft.types.Generation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private final Set<Wish> stepsTaken = new HashSet<>();
    private long fence;
    private long sequence;

    /** What was wanted. */
    private record Wish(DocumentKey key, Generation generation) {
        static Wish of(CarriedOut carriedOut) {
            return new Wish(carriedOut.key(), carriedOut.generation());
        }
    }

    Reports(long epoch, String bootId) {
        this.epoch = epoch;
        this.bootId = bootId;
    }

    ObservedReport full(HostReport now, long appliedRevision, HostFacts facts) {
        return report(now, true, appliedRevision, facts, now.documents());
    }

    /** Whether a partial report would say anything worth a call of its own; that work is under way is told along with what comes of it, and its parts are told together. */
    boolean news(HostReport now) {
        return now.fence() != fence
                || !now.results().isEmpty()
                || changed(now).stream().anyMatch(d -> !underWay(d) && !isPart(d, now));
    }

    private static boolean isPart(ObservedDocument document, HostReport now) {
        return document.state() == ObservedDocument.State.READY && now.parts().contains(document.key());
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
        fence = report.passed();
        taken.putAll(report.documents().stream().collect(Collectors.toMap(ObservedDocument::key, Function.identity())));
        Objects.requireNonNullElse(report.steps(), List.<DocumentSteps>of())
                .forEach(s -> stepsTaken.add(new Wish(s.key(), s.generation())));
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
        var steps = steps(now.carriedOut());
        return new ObservedReport(
                epoch,
                bootId,
                sequence,
                full,
                appliedRevision,
                facts,
                documents,
                now.results(),
                full ? now.orphans() : List.of(),
                steps.isEmpty() ? null : steps,
                now.fence() == 0 ? null : now.fence());
    }

    /** Those that the controller has not taken; what is not told of any more need not be remembered either. */
    private List<DocumentSteps> steps(List<CarriedOut> carriedOut) {
        stepsTaken.retainAll(carriedOut.stream().map(Wish::of).collect(Collectors.toSet()));
        return carriedOut.stream()
                .filter(c -> !stepsTaken.contains(Wish.of(c)))
                .map(CarriedOut::steps)
                .toList();
    }
}
