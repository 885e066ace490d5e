package io.croft.e2e.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Asks every 20 ms, as a tenant would who cannot wait. */
final class Poll implements AutoCloseable {
    private static final long MILLIS = 20;
    private static final long PATIENCE_SECONDS = 300;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    /** Waits until it is so; {@link System#nanoTime} when the answer that says so had come. Throws what the asking throws. */
    long until(BooleanSupplier reached) throws Exception {
        var at = new CompletableFuture<Long>();
        var poll = clock.scheduleAtFixedRate(
                () -> {
                    try {
                        if (reached.getAsBoolean()) {
                            at.complete(System.nanoTime());
                        }
                    } catch (RuntimeException e) {
                        at.completeExceptionally(e);
                    }
                },
                0,
                MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            return at.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            poll.cancel(false);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
