package io.croft.controller.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;
import org.springframework.dao.DataAccessException;

/** Looks all the time whether what must hold at every moment does. */
final class Watch implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(30);

    private final Invariants invariants;
    private final Collection<String> seen = new ConcurrentSkipListSet<>();
    private final Thread thread;
    private volatile boolean closed;

    Watch(Cluster cluster) {
        invariants = new Invariants(cluster);
        thread = Thread.ofPlatform().name("watch").start(this::look);
    }

    /** Everything that was ever wrong. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private void look() {
        while (!closed) {
            try {
                seen.addAll(invariants.always());
            } catch (DataAccessException e) {
                // The database is one of the things that are made to fail; the next look sees.
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
