package io.croft.agent.reconcile;

import static io.croft.protocol.ObservedDocument.State.FAILED;
import static io.croft.protocol.ObservedDocument.State.PENDING;

import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Orphan;
import java.util.List;
import java.util.Optional;

/** What the controller is told as of one moment. Pure. */
public final class HostStates {
    /** Why nothing can be said yet. */
    public static final Failure UNSEEN =
            new Failure(Failure.Code.INTERNAL, "The agent has not seen the host's state yet.", true);

    private final Moment moment;
    private final Retries retries;

    HostStates(Moment moment, Retries retries) {
        this.moment = moment;
        this.retries = retries;
    }

    public Moment moment() {
        return moment;
    }

    HostReport report() {
        var desired = moment.desired();
        var documents = desired.documents().values().stream()
                .filter(d -> !desired.unclaimed().contains(d.key()))
                .flatMap(d -> moment.kinds().state(d, this))
                .toList();
        return new HostReport(
                documents,
                desired.sortedResults(),
                orphans(desired),
                moment.complete(),
                desired.fence().passed(),
                moment.gate());
    }

    /** Why the document is not carried out: its last try failed, or nothing is known yet. */
    public Optional<Failure> failure(HostDocument document) {
        return moment.seen(document)
                ? retries.failure(Lane.of(document.key()), document.generation())
                : Optional.of(UNSEEN);
    }

    /** Why the last try in a lane failed that belongs to no document. */
    public Optional<Failure> failure(Lane lane) {
        return retries.failure(lane, null);
    }

    /** {@code state} once it is {@code reached}. */
    public ObservedDocument at(HostDocument document, boolean reached, ObservedDocument.State state) {
        return reached ? at(document, state) : notYet(document, failure(document));
    }

    /** On its way, or failed for the reason {@code why}. */
    public ObservedDocument notYet(HostDocument document, Optional<Failure> why) {
        return why.map(f -> at(document, moment.seen(document) ? FAILED : PENDING, f))
                .orElseGet(() -> at(document, PENDING));
    }

    /** A document that came again with other content is a bug that must be seen, whatever became of the first one. */
    public ObservedDocument at(HostDocument document, ObservedDocument.State state) {
        var failure = moment.desired().contested().contains(document.key())
                ? new Failure(
                        Failure.Code.INTERNAL,
                        "Generation " + document.generation() + " came again with other content; the first was kept.",
                        true)
                : null;
        return new ObservedDocument(document.key(), document.generation(), state, failure, since());
    }

    public ObservedDocument at(HostDocument document, ObservedDocument.State state, Failure failure) {
        return new ObservedDocument(document.key(), document.generation(), state, failure, since());
    }

    /** The moment, ISO-8601: stands in each state as the time since when it holds. */
    public String since() {
        return moment.now().toString();
    }

    private List<Orphan> orphans(LedgerState desired) {
        return moment.kinds()
                .there()
                .filter(key -> !desired.documents().containsKey(key)
                        || desired.unclaimed().contains(key))
                .sorted()
                .map(key -> new Orphan(key.kind(), key.id(), key.id()))
                .toList();
    }
}
