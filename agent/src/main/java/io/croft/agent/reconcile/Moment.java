package io.croft.agent.reconcile;

import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.types.ResourceId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** One moment, while which nothing changes that is wanted or known: what can be done is planned as of one, and the states are told as of one. */
public final class Moment {
    private final Kinds kinds;
    private final LedgerState desired;
    private final Instant now;
    private final Gate gate;
    private final Map<Class<?>, Object> worked = new HashMap<>();

    Moment(Kinds kinds, LedgerState desired, Instant now, Gate gate) {
        this.kinds = kinds;
        this.desired = desired;
        this.now = now;
        this.gate = gate;
    }

    public LedgerState desired() {
        return desired;
    }

    public Instant now() {
        return now;
    }

    /** Whether anything may be brought up. */
    public Gate gate() {
        return gate;
    }

    Kinds kinds() {
        return kinds;
    }

    /** Whether every driver has answered once. */
    public boolean complete() {
        return kinds.complete();
    }

    /** Whether the drivers have said once what there is of the document's kind. */
    public boolean seen(HostDocument document) {
        return kinds.seen(document.key().kind());
    }

    /** Whether something stands on the document's resource, or may for all we know. */
    public boolean inUse(DocumentKey key) {
        return kinds.all().anyMatch(k -> k.standsOn(key, this));
    }

    /** Whether the resource is there, or may be for all we know. */
    public boolean mayBeThere(DocumentKind kind, ResourceId id) {
        return kinds.mayBeThere(new DocumentKey(kind, id.value()), id);
    }

    /** The same of a document's resource. */
    boolean mayBeThere(DocumentKey key) {
        return kinds.mayBeThere(key);
    }

    /** The documents of one kind but for those that the controller disowned: what they made is left as it is. */
    public <D extends HostDocument> Stream<D> claimed(Class<D> documents) {
        return desired.all(documents).filter(d -> !desired.unclaimed().contains(d.key()));
    }

    /** What {@code work} gives, worked out once for this moment. */
    public <T> T once(Class<T> type, Supplier<T> work) {
        return type.cast(worked.computeIfAbsent(type, _ -> work.get()));
    }
}
