package io.croft.agent.reconcile;

import io.croft.protocol.HostHealth.WaitingCall;
import java.util.List;
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

    void round(long millis) {
        rounds.incrementAndGet();
        longestRoundMillis.accumulateAndGet(millis, Math::max);
    }

    /** @param waiting calls that take long by now */
    Tally tally(List<WaitingCall> waiting) {
        return new Tally(
                rounds.get(),
                actions.get(),
                failures.get(),
                errors.get(),
                drift.get(),
                stuck.get(),
                running.get(),
                waiting,
                longestRoundMillis.get());
    }
}
