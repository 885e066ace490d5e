package io.croft.agent.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the host on a thread of its own, one look at a time. Used by the reconciler's own thread only. */
final class Looker {
    private static final Logger LOG = LoggerFactory.getLogger(Looker.class);
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("look-", 0).factory());
    private final HostDrivers drivers;
    private final Consumer<Sighting> seen;
    private @Nullable Interruptible underWay;
    private Instant begun = Instant.MIN;

    /** @param seen is called on the looker's thread */
    Looker(HostDrivers drivers, Consumer<Sighting> seen) {
        this.drivers = drivers;
        this.seen = seen;
    }

    /** Begins a look, unless one is under way; interrupts one that has taken too long. */
    boolean look(Instant now) {
        if (underWay == null) {
            begun = now;
            underWay = new Interruptible(() -> seen.accept(Look.at(drivers)));
            thread.execute(underWay);
            return true;
        }
        if (late(now)) {
            LOG.atError().log("A look at the host is stuck");
            underWay.interrupt();
        }
        return false;
    }

    /** Since when a look is under way; null for none. */
    @Nullable
    Instant underWaySince() {
        return underWay == null ? null : begun;
    }

    /** Whether a look is under way that should have ended. */
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
