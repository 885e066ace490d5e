package io.croft.agent.reconcile;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentSteps;
import io.croft.protocol.HostDocument;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * When documents came that are not as wanted yet, which calls have ended since, and from both where the time went of those that are by now. Kept in memory alone and bounded, of each document the last calls: what was under way when
 * the agent ended, nobody tells the time of. Used by the reconciler's own thread only.
 */
final class WorkLog {
    private static final int MOST_CALLS = 2000;
    private static final int MOST_TOLD = 256;
    private static final int MOST_CALLS_TOLD = 100;

    private final Map<DocumentKey, Arrived> underWay = new HashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private final Deque<CarriedOut> carriedOut = new ArrayDeque<>();

    private record Arrived(HostDocument document, long came, long stored) {
        Generation generation() {
            return document.generation();
        }
    }

    /** No more of the action than is told: the action itself holds the specification of all that it changed. */
    private record Ended(String action, Lane lane, boolean failed, long from, long to) {
        DocumentSteps.Call since(long came) {
            var begun = Math.max(0, micros(came, from));
            return new DocumentSteps.Call(action, lane.name(), begun, micros(came, to) - begun, failed);
        }
    }

    static long micros(long from, long to) {
        return (to - from) / 1000;
    }

    /** Which lanes a document's way leads through; none for one whose time nobody asks for. */
    interface Ways {
        Set<Lane> of(HostDocument document);
    }

    void came(Arrival arrival) {
        for (var document : arrival.documents()) {
            if (document.presence() == Presence.PRESENT) {
                underWay.put(document.key(), new Arrived(document, arrival.came(), arrival.stored()));
            } else {
                underWay.remove(document.key());
            }
        }
    }

    void ended(Lanes.Finished finished) {
        if (underWay.isEmpty()) {
            ended.clear();
            return;
        }
        var failed = finished.outcome() instanceof Outcome.Failed;
        var action = finished.action();
        ended.addLast(new Ended(action.name(), action.lane(), failed, finished.begun(), finished.ended()));
        trim(ended, MOST_CALLS);
    }

    /** Takes in how the documents are now; returns those that were carried out lately, oldest first. */
    List<CarriedOut> after(Collection<ObservedDocument> now, Ways ways) {
        if (!underWay.isEmpty()) {
            var ready = System.nanoTime();
            now.stream().filter(d -> d.state() == ObservedDocument.State.READY).forEach(d -> ready(d, ready, ways));
        }
        return List.copyOf(carriedOut);
    }

    private void ready(ObservedDocument observed, long ready, Ways ways) {
        var arrived = underWay.get(observed.key());
        if (arrived == null || !arrived.generation().equals(observed.generation())) {
            return;
        }
        underWay.remove(observed.key());
        var lanes = ways.of(arrived.document());
        if (!lanes.isEmpty()) {
            var calls = ended.stream()
                    .filter(e -> lanes.contains(e.lane()) && e.to() - arrived.came() > 0)
                    .map(e -> e.since(arrived.came()))
                    .sorted(Comparator.comparingLong(DocumentSteps.Call::from))
                    .toList();
            var last = calls.subList(Math.max(0, calls.size() - MOST_CALLS_TOLD), calls.size());
            carriedOut.addLast(new CarriedOut(
                    observed.key(), observed.generation(), arrived.came(), arrived.stored(), ready, last));
            trim(carriedOut, MOST_TOLD);
        }
    }

    /** What is on the way of a document that is worked on, and whose last try did not fail, as long as not all of it is as wanted. */
    Set<DocumentKey> parts(Collection<ObservedDocument> now, Ways ways) {
        if (underWay.isEmpty()) {
            return Set.of();
        }
        var ready = now.stream()
                .filter(d -> d.state() == ObservedDocument.State.READY)
                .map(ObservedDocument::key)
                .collect(Collectors.toSet());
        return now.stream()
                .filter(d -> d.state() == ObservedDocument.State.PENDING && d.failure() == null)
                .flatMap(d -> Stream.ofNullable(underWay.get(d.key())))
                .map(a -> parts(a.document(), ways))
                .filter(parts -> !ready.containsAll(parts))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private static Set<DocumentKey> parts(HostDocument document, Ways ways) {
        return ways.of(document).stream()
                .flatMap(lane -> Stream.ofNullable(lane.document()))
                .filter(key -> !key.equals(document.key()))
                .collect(Collectors.toSet());
    }

    /** Forgets what the controller has settled. */
    void keepOnly(Set<DocumentKey> known) {
        underWay.keySet().retainAll(known);
    }

    private static void trim(Deque<?> queue, int most) {
        while (queue.size() > most) {
            queue.removeFirst();
        }
    }
}
