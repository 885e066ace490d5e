package io.croft.agent.reconcile;

import io.croft.types.Generation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs actions on platform threads, since native calls would pin virtual ones: one at a time in each lane, a crew's size at a time over all
 * lanes. A call past its deadline is interrupted and no longer counts for its crew, but its lane stays taken until it returns. Used by the
 * reconciler's own thread only.
 */
final class Lanes {
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("lane-", 0).factory());
    private final Map<Lane, Running> running = new HashMap<>();
    private final Map<Crew, Integer> busy = new HashMap<>();
    private final DriverCalls calls;
    private final Consumer<Finished> finished;

    /** @param finished is called on the lane's thread */
    Lanes(DriverCalls calls, Consumer<Finished> finished) {
        this.calls = calls;
        this.finished = finished;
    }

    /**
     * An action that has ended.
     *
     * @param begun when its call began, by {@link System#nanoTime}
     * @param ended when its call came back
     */
    record Finished(HostAction action, @Nullable Generation generation, Outcome outcome, long begun, long ended) {}

    private static final class Running {
        private final HostAction action;
        private final Instant begun;
        private final Instant deadline;
        private final Interruptible call;
        private boolean stuck;

        Running(HostAction action, Instant begun, Runnable call) {
            this.action = action;
            this.begun = begun;
            this.call = new Interruptible(call);
            this.deadline = begun.plus(action.deadline());
        }
    }

    /** A call that has not come back. */
    record Call(HostAction action, Instant begun) {}

    boolean free(HostAction action) {
        return !running.containsKey(action.lane())
                && busy.getOrDefault(action.crew(), 0) < action.crew().size();
    }

    boolean taken(Lane lane) {
        return running.containsKey(lane);
    }

    Set<Lane> taken() {
        return running.keySet();
    }

    void start(HostAction action, @Nullable Generation generation, Instant now) {
        var run = new Running(action, now, () -> finished.accept(call(action, generation)));
        running.put(action.lane(), run);
        busy.merge(action.crew(), 1, Integer::sum);
        threads.execute(run.call);
    }

    private Finished call(HostAction action, @Nullable Generation generation) {
        var begun = System.nanoTime();
        var outcome = calls.run(action);
        return new Finished(action, generation, outcome, begun, System.nanoTime());
    }

    /** Frees the action's lane; returns how long it was taken. */
    Duration finish(HostAction action, Instant now) {
        var run = running.remove(action.lane());
        if (run == null) {
            return Duration.ZERO;
        }
        if (!run.stuck) {
            busy.merge(action.crew(), -1, Integer::sum);
        }
        return Duration.between(run.begun, now);
    }

    /** Interrupts the actions that have passed their deadline since the last call, and names them. */
    List<HostAction> overdue(Instant now) {
        var late = new ArrayList<HostAction>();
        for (var run : running.values()) {
            if (!run.stuck && !now.isBefore(run.deadline)) {
                run.stuck = true;
                busy.merge(run.action.crew(), -1, Integer::sum);
                run.call.interrupt();
                late.add(run.action);
            }
        }
        return late;
    }

    List<Call> calls() {
        return running.values().stream().map(r -> new Call(r.action, r.begun)).toList();
    }

    long stuck() {
        return running.values().stream().filter(r -> r.stuck).count();
    }

    Optional<Instant> nextDeadline() {
        return running.values().stream()
                .filter(r -> !r.stuck)
                .map(r -> r.deadline)
                .min(Instant::compareTo);
    }

    /** Interrupts what runs and waits for it, 5 s at most. */
    void close() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(5, TimeUnit.SECONDS);
    }
}
