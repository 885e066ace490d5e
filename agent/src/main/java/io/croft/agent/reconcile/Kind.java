package io.croft.agent.reconcile;

import io.croft.agent.ledger.LedgerNotes;
import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.ObservedDocument;
import io.croft.types.Generation;
import io.croft.types.ResourceId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the agent does about one kind of document: what is planned for one, what is known once an action has begun and ended, what is asked of the drivers, and what is told of it.
 *
 * <p>It is used by the reconciler's own thread only, and calls no driver: what blocks is in the actions, which are values, and in the questions. Planning and telling change nothing.
 *
 * @param <D> the documents
 * @param <A> the actions that are planned for them
 */
public abstract class Kind<D extends HostDocument, A extends HostAction> {
    /** What is known of the host, whatever the kind. */
    protected final ObservedHost host;

    private final DocumentKind kind;
    private final Class<D> documents;
    private final Class<A> actions;

    protected Kind(DocumentKind kind, Class<D> documents, Class<A> actions, ObservedHost host) {
        this.kind = kind;
        this.documents = documents;
        this.actions = actions;
        this.host = host;
    }

    // Planning.

    /** What can be done now for a document whose resource is to be there; nothing when it is as wanted, or while what it stands on is not. */
    protected abstract Stream<? extends A> up(D document, Moment moment);

    /** What can be done now for a tombstone on whose resource nothing stands; nothing when it is gone. */
    protected abstract Stream<? extends A> down(D tombstone, Moment moment);

    /** What can be done now whichever documents there are. It goes before what is planned for any of them. */
    protected Stream<? extends A> always(Moment moment) {
        return Stream.empty();
    }

    /** The lanes that a document's way leads through until its resource is as wanted, where its time is asked for; none where it is not. */
    protected Set<Lane> way(D document, Moment moment) {
        return Set.of();
    }

    /** Whether something of this kind stands on {@code other}'s resource, or may for all we know: then that is not taken down. */
    protected boolean standsOn(DocumentKey other, Moment moment) {
        return false;
    }

    /**
     * Whether nothing is left on the host of what the controller gave away when it took the host for dead: of a tombstone's resource, or of what this document says otherwise than the one before. A kind
     * of which nothing can be given away is always behind.
     */
    protected boolean isBehindFence(D document) {
        return true;
    }

    // Carrying out.

    /** The action is about to run: what it is to change is in doubt from now on, unless a kind knows better. */
    protected void begin(A action, Instant now) {
        resource(action).ifPresent(host::doubt);
    }

    /** The action has failed: what it was to change stays in doubt. */
    protected void failed(A action) {
        resource(action).ifPresent(host::undone);
    }

    /** The action has succeeded: mostly its document is settled then. {@code wanted} is the generation of its document that it was planned for. */
    protected abstract void succeeded(A action, Outcome outcome, @Nullable Generation wanted);

    /** What the ledger must not forget of an action that has succeeded. */
    protected Optional<Consumer<LedgerNotes>> note(A action, Outcome outcome) {
        return Optional.empty();
    }

    // Observing.

    /** What is asked of the drivers each time the host is observed; asked for once. */
    protected List<Question<?>> questions() {
        return List.of();
    }

    /** The resources of this kind that are there, whether a document names them or not. */
    protected Set<? extends ResourceId> there() {
        return Set.of();
    }

    /** What must go into the ledger of what has happened by itself. Called each round. */
    protected void note(LedgerState desired, LedgerNotes ledger) {}

    /** Sees what has happened by itself since the last round. Called each round, after the ledger was written and before anything is planned. */
    protected List<Setback> round(Moment moment) {
        return List.of();
    }

    /** What is done at each pass although it was done before, since somebody else may have undone it. */
    protected Stream<? extends A> pass() {
        return Stream.empty();
    }

    /** Whether something is expected to happen by itself soon: then time alone is a reason for a round. */
    protected boolean expecting() {
        return false;
    }

    // Telling.

    /** What the controller is told of a document. */
    protected abstract ObservedDocument state(D document, HostStates states);

    /** Whether the controller is told of it here. */
    protected boolean told(D document) {
        return true;
    }

    // For the kinds themselves.

    /** Takes in which resources are there now, except those in whose lane something was done meanwhile. What has gone is not done any more, and nothing is in doubt. */
    protected final <I extends ResourceId> void replace(Set<I> known, Set<I> now, Predicate<Lane> moving) {
        var all = new HashSet<>(known);
        all.addAll(now);
        for (var id : all) {
            var key = new DocumentKey(kind, id.value());
            if (moving.test(Lane.of(key))) {
                continue;
            }
            if (now.contains(id)) {
                known.add(id);
            } else if (known.remove(id)) {
                host.undone(key);
            }
        }
        clear(moving);
    }

    /** Nothing of this kind is in doubt, except what is {@code moving}. */
    protected final void clear(Predicate<Lane> moving) {
        host.clear(key -> key.kind() == kind && !moving.test(Lane.of(key)));
    }

    /** What the action is to change, unless that is something which the whole host has once. */
    private Optional<DocumentKey> resource(A action) {
        return Optional.ofNullable(action.lane().document());
    }

    // For the engine, which knows of an action or a document only that it is of this kind.

    final DocumentKind kind() {
        return kind;
    }

    final Class<D> documents() {
        return documents;
    }

    final boolean plans(HostAction action) {
        return actions.isInstance(action);
    }

    final A own(HostAction action) {
        return actions.cast(action);
    }

    final D own(HostDocument document) {
        return documents.cast(document);
    }
}
