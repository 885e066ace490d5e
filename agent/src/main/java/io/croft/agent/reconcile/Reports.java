package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.ObservedDocument;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells what is new. A state is told with the time since which it has been told. */
final class Reports {
    private final Consumer<HostReport> receiver;
    private Map<DocumentKey, ObservedDocument> told = Map.of();
    private @Nullable HostReport last;

    /** @param receiver gets each report that differs from the last */
    Reports(Consumer<HostReport> receiver) {
        this.receiver = receiver;
    }

    void tell(HostReport fresh) {
        var documents = fresh.documents().stream().map(this::sinceFirstTold).toList();
        var report = new HostReport(
                documents,
                fresh.results(),
                fresh.orphans(),
                fresh.seen(),
                fresh.fence(),
                fresh.gate(),
                fresh.carriedOut(),
                fresh.parts());
        if (!report.equals(last)) {
            last = report;
            told = documents.stream().collect(Collectors.toMap(ObservedDocument::key, Function.identity()));
            receiver.accept(report);
        }
    }

    private ObservedDocument sinceFirstTold(ObservedDocument now) {
        var before = told.get(now.key());
        return before != null && before.saysWhat(now) ? before : now;
    }
}
