package io.croft.agent.exec;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Work that goes on beside other work of the same call, each on a platform thread of its own. */
public final class Beside {
    private Beside() {}

    /**
     * Runs all of {@code work} at once, the first on the caller's thread, and returns when all of it has ended, however it did. An interrupt of the caller is one of all.
     *
     * @throws RuntimeException what the first of it threw that failed, with what others threw suppressed
     */
    public static void run(List<Runnable> work) {
        var failures = new ConcurrentLinkedQueue<Throwable>();
        var others = work.stream()
                .skip(1)
                .map(w -> Thread.ofPlatform().daemon().name("beside").start(() -> attempt(w, failures)))
                .toList();
        work.stream().findFirst().ifPresent(w -> attempt(w, failures));
        join(others);
        rethrow(failures);
    }

    private static void attempt(Runnable work, Queue<Throwable> failures) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    private static void join(List<Thread> threads) {
        var interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Queue<Throwable> failures) {
        var first = failures.poll();
        failures.forEach(f -> first.addSuppressed(f));
        switch (first) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(first);
        }
    }
}
