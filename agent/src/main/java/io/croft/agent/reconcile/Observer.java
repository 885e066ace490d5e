package io.croft.agent.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes the host on a thread of its own, one observation at a time. Used by the reconciler's own thread only. */
final class Observer {
    private static final Logger LOG = LoggerFactory.getLogger(Observer.class);
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("observe-", 0).factory());
    private final HostDrivers drivers;
    private final List<Question<?>> questions;
    private final Consumer<Observation> seen;
    private @Nullable Interruptible underWay;
    private Instant begun = Instant.MIN;

    /** @param seen is called on the observer's thread */
    Observer(HostDrivers drivers, List<Question<?>> questions, Consumer<Observation> seen) {
        this.drivers = drivers;
        this.questions = List.copyOf(questions);
        this.seen = seen;
    }

    /** Begins an observation, unless one is under way; interrupts one that has taken too long. */
    boolean observe(Instant now) {
        if (underWay == null) {
            begun = now;
            underWay = new Interruptible(() -> seen.accept(Observation.of(drivers, questions)));
            thread.execute(underWay);
            return true;
        }
        if (late(now)) {
            LOG.atError().log("An observation of the host is stuck");
            underWay.interrupt();
        }
        return false;
    }

    /** Since when an observation is under way; null for none. */
    @Nullable
    Instant underWaySince() {
        return underWay == null ? null : begun;
    }

    /** Whether one is under way that should have ended. */
    boolean late(Instant now) {
        return underWay != null && now.isAfter(begun.plus(DEADLINE));
    }

    void done() {
        underWay = null;
    }

    void close() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(5, TimeUnit.SECONDS);
    }
}
