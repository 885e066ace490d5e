package io.croft.agent.faults;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The faults of one simulated driver, by verb. A call without a fault goes straight through. */
public final class Faults {
    private static final long LONGEST_HANG_SECONDS = 120;

    private final Map<String, ConcurrentLinkedDeque<Fault>> planned = new ConcurrentHashMap<>();
    private final Map<String, Fault> lasting = new ConcurrentHashMap<>();

    /** What befalls one call. */
    public sealed interface Fault {
        /** It fails and has done nothing. */
        record FailBefore(RuntimeException failure) implements Fault {}

        /** It has done its work, and fails: the reply is lost. */
        record FailAfter(RuntimeException failure) implements Fault {}

        /** It ends in an error, as where a library cannot be loaded. */
        record Break(Error error) implements Fault {}

        /** It waits until {@code released} opens (two minutes at most), then goes through. */
        record Hang(CountDownLatch released) implements Fault {}

        /** It takes {@code delay} longer. */
        record Slow(Duration delay) implements Fault {}
    }

    /** The next call of {@code verb} without a fault of its own meets {@code fault}. */
    public void next(String verb, Fault fault) {
        planned.computeIfAbsent(verb, _ -> new ConcurrentLinkedDeque<>()).add(fault);
    }

    /** Every call of {@code verb} meets {@code fault} until {@link #clear}. */
    public void always(String verb, Fault fault) {
        lasting.put(verb, fault);
    }

    public void clear() {
        planned.clear();
        lasting.clear();
    }

    /** Runs {@code effect} as the call of {@code verb}, with whatever fault awaits it. */
    public <T> T around(String verb, Supplier<T> effect) {
        return switch (take(verb)) {
            case null -> effect.get();
            case Fault.FailBefore(var failure) -> throw failure;
            case Fault.FailAfter(var failure) -> {
                var _ = effect.get();
                throw failure;
            }
            case Fault.Break(var error) -> throw error;
            case Fault.Hang(var released) -> {
                await(released);
                yield effect.get();
            }
            case Fault.Slow(var delay) -> {
                LockSupport.parkNanos(delay.toNanos());
                yield effect.get();
            }
        };
    }

    /** {@link #around} for a call without a result. */
    public void around(String verb, Runnable effect) {
        around(verb, () -> {
            effect.run();
            return true;
        });
    }

    private @Nullable Fault take(String verb) {
        var queue = planned.get(verb);
        var once = queue == null ? null : queue.poll();
        return once != null ? once : lasting.get(verb);
    }

    private static void await(CountDownLatch released) {
        try {
            if (!released.await(LONGEST_HANG_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a simulated call hung for " + LONGEST_HANG_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in a simulated hang", e);
        }
    }
}
