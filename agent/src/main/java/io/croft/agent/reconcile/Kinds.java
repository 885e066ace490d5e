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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of documents, each of which is asked for what concerns it. Used by the reconciler's own thread only. */
public final class Kinds {
    private final ObservedHost host;
    private final List<Kind<?, ?>> kinds;
    private final Map<DocumentKind, List<Question<?>>> questions = new EnumMap<>(DocumentKind.class);
    private final Set<Question<?>> answered = new HashSet<>();

    /**
     * @param host what all of them know
     * @param kinds in the order in which they are planned: where a crew has no place for all, the first come first
     * @throws IllegalArgumentException unless there is one for each kind of document
     */
    public Kinds(ObservedHost host, List<Kind<?, ?>> kinds) {
        this.host = host;
        this.kinds = List.copyOf(kinds);
        this.kinds.forEach(k -> questions.put(k.kind(), List.copyOf(k.questions())));
        if (kinds.size() != questions.size() || questions.size() != DocumentKind.values().length) {
            throw new IllegalArgumentException("not one for each kind of document: "
                    + kinds.stream().map(Kind::kind).toList());
        }
    }

    ObservedHost host() {
        return host;
    }

    Stream<Kind<?, ?>> all() {
        return kinds.stream();
    }

    private Kind<?, ?> of(DocumentKind kind) {
        return all().filter(k -> k.kind() == kind).findFirst().orElseThrow();
    }

    private Kind<?, ?> of(HostAction action) {
        return all().filter(k -> k.plans(action)).findFirst().orElseThrow();
    }

    /** All that is asked when the host is observed. */
    List<Question<?>> questions() {
        return all().<Question<?>>flatMap(k -> asked(k.kind()).stream()).toList();
    }

    /** Whether every driver has answered once; before that nothing is known, so nothing may be done. */
    boolean complete() {
        return all().map(Kind::kind).allMatch(this::seen);
    }

    /** Whether the drivers have said once what there is of the kind. */
    boolean seen(DocumentKind kind) {
        return asked(kind).stream().filter(Question::needed).allMatch(answered::contains);
    }

    private List<Question<?>> asked(DocumentKind kind) {
        return questions.getOrDefault(kind, List.of());
    }

    /** Takes in an observation, except of the lanes in which something was done since it began. */
    void see(Observation observation, Predicate<Lane> moving) {
        for (var answer : observation.answers()) {
            answer.take(moving);
            answered.add(answer.question());
        }
    }

    boolean mayBeThere(DocumentKey key, ResourceId id) {
        return of(key.kind()).there().contains(id) || host.inDoubt(key);
    }

    boolean mayBeThere(DocumentKey key) {
        return host.inDoubt(key)
                || of(key.kind()).there().stream().anyMatch(id -> id.value().equals(key.id()));
    }

    /** What there is, by kind and id. */
    Stream<DocumentKey> there() {
        return all().flatMap(k -> k.there().stream().map(id -> new DocumentKey(k.kind(), id.value())));
    }

    void begin(HostAction action, Instant now) {
        begin(of(action), action, now);
    }

    void fail(HostAction action) {
        fail(of(action), action);
    }

    void succeed(HostAction action, Outcome outcome, @Nullable Generation wanted) {
        succeed(of(action), action, outcome, wanted);
    }

    Optional<Consumer<LedgerNotes>> note(HostAction action, Outcome outcome) {
        return note(of(action), action, outcome);
    }

    void note(LedgerState desired, LedgerNotes ledger) {
        kinds.forEach(k -> k.note(desired, ledger));
    }

    List<Setback> round(Moment moment) {
        return all().flatMap(k -> k.round(moment).stream()).toList();
    }

    List<HostAction> pass() {
        return all().<HostAction>flatMap(Kind::pass).toList();
    }

    boolean expecting() {
        return all().anyMatch(Kind::expecting);
    }

    /** The document's state, where the controller is told of it. */
    Stream<ObservedDocument> state(HostDocument document, HostStates states) {
        return state(of(document.key().kind()), document, states);
    }

    /** The lanes that the document's way leads through, where its time is asked for. */
    Set<Lane> way(HostDocument document, Moment moment) {
        return way(of(document.key().kind()), document, moment);
    }

    private static <D extends HostDocument> Set<Lane> way(Kind<D, ?> kind, HostDocument document, Moment moment) {
        return kind.way(kind.own(document), moment);
    }

    private static <A extends HostAction> void begin(Kind<?, A> kind, HostAction action, Instant now) {
        kind.begin(kind.own(action), now);
    }

    private static <A extends HostAction> void fail(Kind<?, A> kind, HostAction action) {
        kind.failed(kind.own(action));
    }

    private static <A extends HostAction> void succeed(
            Kind<?, A> kind, HostAction action, Outcome outcome, @Nullable Generation wanted) {
        kind.succeeded(kind.own(action), outcome, wanted);
    }

    private static <A extends HostAction> Optional<Consumer<LedgerNotes>> note(
            Kind<?, A> kind, HostAction action, Outcome outcome) {
        return kind.note(kind.own(action), outcome);
    }

    private static <D extends HostDocument> Stream<ObservedDocument> state(
            Kind<D, ?> kind, HostDocument document, HostStates states) {
        var own = kind.own(document);
        return kind.told(own) ? Stream.of(kind.state(own, states)) : Stream.empty();
    }
}
