package io.croft.agent.reconcile;

import io.croft.protocol.AgentWork.Ended;
import io.croft.protocol.HostHealth.WaitingCall;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the reconciler does; written by its thread, read by any. */
final class Counters {
    final AtomicLong rounds = new AtomicLong();
    final AtomicLong actions = new AtomicLong();
    final AtomicLong failures = new AtomicLong();
    final AtomicLong errors = new AtomicLong();
    final AtomicLong drift = new AtomicLong();
    final AtomicLong stuck = new AtomicLong();
    final AtomicLong running = new AtomicLong();
    final AtomicLong longestRoundMillis = new AtomicLong();

    private final Map<Ending, Sum> ended = new ConcurrentHashMap<>();

    private record Ending(String action, String outcome) {}

    private record Sum(long count, Duration time) {
        Sum plus(Sum other) {
            return new Sum(count + other.count, time.plus(other.time));
        }
    }

    void ended(HostAction action, Outcome outcome, Duration took) {
        var failed = outcome instanceof Outcome.Failed;
        if (failed) {
            failures.incrementAndGet();
        }
        ended.merge(new Ending(action.name(), failed ? "failed" : "done"), new Sum(1, took), Sum::plus);
    }

    private List<Ended> ended() {
        return ended.entrySet().stream()
                .map(e -> new Ended(
                        e.getKey().action(),
                        e.getKey().outcome(),
                        e.getValue().count(),
                        e.getValue().time().toMillis()))
                .sorted(Comparator.comparing(Ended::action).thenComparing(Ended::outcome))
                .toList();
    }

    void round(long millis) {
        rounds.incrementAndGet();
        longestRoundMillis.accumulateAndGet(millis, Math::max);
    }

    /**
     * @param waiting calls that take long by now
     * @param longestCall how long the longest call has run
     */
    ReconcilerStats stats(List<WaitingCall> waiting, Duration longestCall) {
        return new ReconcilerStats(
                rounds.get(),
                actions.get(),
                failures.get(),
                errors.get(),
                drift.get(),
                stuck.get(),
                running.get(),
                waiting,
                longestRoundMillis.get(),
                longestCall.toMillis(),
                ended());
    }
}
