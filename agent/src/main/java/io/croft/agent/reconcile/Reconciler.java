package io.croft.agent.reconcile;

import io.croft.agent.boot.HostStart;
import io.croft.agent.ledger.Ledger;
import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.types.Generation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the host to what the ledger wants. One thread owns all that is known of the host; it sleeps until a document, an action's end, a
 * driver's hint or a time wakes it, then plans, starts what may start, and says what changed. A second copy beside it is kept out by the
 * ledger's lock; what a dead one left half done, the next one plans from.
 */
public final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration PASS = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final Kinds kinds;
    private final HostStart start;
    private final InstantSource clock;
    private final Reports reports;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Retries retries;
    private final Lanes lanes;
    private final Observer observer;
    /** Where something was done since the last observation began. */
    private final Set<Lane> touched = new HashSet<>();

    /** What the ledger has not taken yet, oldest first. */
    private final Deque<Runnable> notes = new ArrayDeque<>();

    private final Counters counters = new Counters();
    private final WorkLog log = new WorkLog();
    private final WaitingCalls waiting = new WaitingCalls();
    private final Thread thread;
    private Instant nextPass = Instant.MIN;
    private volatile boolean closed;
    private volatile List<String> unanswered = List.of();
    private volatile @Nullable String ledgerProblem;
    private Gate gate = Gate.OPEN;

    /**
     * @param kinds nobody else's
     * @param start of the host, on which it depends whether anything may be brought up
     * @param reports gets what the controller is to know, at each change, on the reconciler's thread
     */
    public Reconciler(
            Kinds kinds,
            HostDrivers drivers,
            Ledger ledger,
            HostStart start,
            InstantSource clock,
            RandomGenerator random,
            Consumer<HostReport> reports) {
        this.ledger = ledger;
        this.kinds = kinds;
        this.start = start;
        this.clock = clock;
        this.reports = new Reports(reports);
        this.retries = new Retries(random);
        this.lanes = new Lanes(new DriverCalls(drivers, clock), f -> events.add(new Ended(f)));
        this.observer = new Observer(drivers, kinds.questions(), o -> events.add(new Observed(o)));
        this.thread = Thread.ofPlatform().name("reconcile").unstarted(this::loop);
    }

    private sealed interface Event {}

    private record Woken() implements Event {}

    private record Told(Arrival arrival) implements Event {}

    private record Hinted(DocumentKey key) implements Event {}

    private record Ended(Lanes.Finished finished) implements Event {}

    private record Observed(Observation observation) implements Event {}

    public void start() {
        thread.start();
    }

    /** The ledger has changed. */
    public void wake() {
        events.add(new Woken());
    }

    /** The ledger has changed by documents that came. */
    public void told(Arrival arrival) {
        events.add(new Told(arrival));
    }

    /** The resource may have changed by itself. */
    public void hint(DocumentKey key) {
        events.add(new Hinted(key));
    }

    public ReconcilerStats stats() {
        var now = clock.instant();
        return counters.stats(waiting.at(now), waiting.longest(now));
    }

    /** The drivers that did not answer when the host was last observed, and a ledger that cannot be written, one sentence each. */
    public List<String> problems() {
        return Stream.concat(unanswered.stream(), Stream.ofNullable(ledgerProblem))
                .toList();
    }

    /** Stops at once. Actions that run are interrupted and waited for, 5 s at most. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join();
            lanes.close();
            observer.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (!closed) {
            try {
                var event = events.poll(idle().toMillis() + 1, TimeUnit.MILLISECONDS);
                if (!closed) {
                    survive(() -> round(event));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** A bug in one step must not end the steps after it. */
    private void survive(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            counters.errors.incrementAndGet();
            LOG.atError().setCause(e).log("A step of reconciling failed");
        }
    }

    /** How long to sleep if nothing happens. */
    private Duration idle() {
        var now = clock.instant();
        var wakes = new ArrayList<Instant>(List.of(nextPass, now.plus(PASS)));
        retries.next(now).ifPresent(wakes::add);
        lanes.nextDeadline().ifPresent(wakes::add);
        if (kinds.expecting() || gate == Gate.UNHEARD) {
            wakes.add(now.plus(SOON));
        }
        var next = wakes.stream().min(Instant::compareTo).orElseThrow();
        return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
    }

    private void round(@Nullable Event first) {
        var begun = System.nanoTime();
        var now = clock.instant();
        var batch = new ArrayList<Event>();
        events.drainTo(batch);
        Stream.concat(Stream.ofNullable(first), batch.stream()).forEach(e -> survive(() -> take(e, now)));
        lanes.overdue(now).forEach(a -> late(a, now));
        if (!now.isBefore(nextPass)) {
            pass(now);
        }
        writeNotes(now);
        // What is told of a wish is told by a round that saw it: a stop, say, whose next start comes at once.
        var desired = ledger.state();
        turn(Gate.of(desired.fence(), start));
        kinds.round(moment(desired, now)).forEach(s -> setBack(s, now));
        for (var action : HostPlanner.plan(moment(desired, now))) {
            attempt(action, desired, now);
        }
        publish(desired, now);
        counters.stuck.set(lanes.stuck());
        counters.running.set(lanes.taken().size());
        counters.drift.set(kinds.host().drift());
        waiting.are(lanes.calls(), observer.underWaySince());
        counters.round(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private void take(Event event, Instant now) {
        switch (event) {
            case Woken _ -> {}
            case Told told -> log.came(told.arrival());
            case Hinted hinted -> kinds.host().hint(hinted.key());
            case Ended ended -> end(ended.finished(), now);
            case Observed observed -> {
                unanswered = observed.observation().unanswered();
                kinds.see(observed.observation(), touched::contains);
                observer.done();
            }
        }
    }

    private void end(Lanes.Finished finished, Instant now) {
        var action = finished.action();
        var took = lanes.finish(action, now);
        counters.ended(action, finished.outcome(), took);
        log.ended(finished);
        if (finished.outcome() instanceof Outcome.Failed(var failure)) {
            kinds.fail(action);
            retries.failed(action.lane(), failure, finished.generation(), now);
            LOG.atWarn()
                    .addKeyValue("action", action.name())
                    .addKeyValue("lane", action.lane())
                    .addKeyValue("code", failure.code())
                    .addKeyValue("reason", failure.message())
                    .log("An action failed");
            return;
        }
        kinds.succeed(action, finished.outcome(), finished.generation());
        kinds.note(action, finished.outcome()).ifPresent(note -> notes.add(() -> note.accept(ledger)));
        retries.worked(action.lane(), now);
        LOG.atDebug()
                .addKeyValue("action", action.name())
                .addKeyValue("lane", action.lane())
                .log("Done");
    }

    private void setBack(Setback setback, Instant now) {
        var document = setback.document();
        retries.failed(Lane.of(document.key()), setback.failure(), document.generation(), now);
    }

    private void late(HostAction action, Instant now) {
        var message =
                action.name() + " has not come back within " + action.deadline().toSeconds() + " s.";
        retries.failed(action.lane(), new Failure(Failure.Code.DEADLINE, message, true), null, now);
        LOG.atError()
                .addKeyValue("lane", action.lane())
                .addKeyValue("action", action.name())
                .log("A driver is stuck");
    }

    /** Observes everything again, and does again what somebody else may have undone. */
    private void pass(Instant now) {
        nextPass = now.plus(PASS);
        if (observer.observe(now)) {
            touched.clear();
            touched.addAll(lanes.taken());
        }
        kinds.pass().forEach(a -> attempt(a, ledger.state(), now));
        var known = ledger.state().documents().keySet();
        kinds.host().keepOnly(known);
        log.keepOnly(known);
        retries.keepOnly(lane -> lane.document() == null || known.contains(lane.document()));
    }

    private void attempt(HostAction action, LedgerState desired, Instant now) {
        var generation = generation(action, desired);
        if (closed
                || !lanes.free(action)
                || !retries.ready(action.lane(), generation, now)
                || (ledgerProblem != null && action.needsLedger())) {
            return;
        }
        kinds.begin(action, now);
        touched.add(action.lane());
        lanes.start(action, generation, now);
        counters.actions.incrementAndGet();
    }

    private static @Nullable Generation generation(HostAction action, LedgerState desired) {
        return Optional.ofNullable(action.lane().document())
                .map(key -> desired.documents().get(key))
                .map(HostDocument::generation)
                .orElse(null);
    }

    /** A ledger that cannot be written, as on a full disk, is tried again each round and holds up only what stands on it. */
    private void writeNotes(Instant now) {
        try {
            for (var note = notes.peek(); note != null; note = notes.peek()) {
                note.run();
                notes.remove();
            }
            kinds.note(ledger.state(), ledger);
            notePassed(now);
            ledgerProblem = null;
        } catch (UncheckedIOException e) {
            if (ledgerProblem == null) {
                LOG.atError().setCause(e).log("The ledger cannot be written");
            }
            ledgerProblem = "The ledger cannot be written: " + e.getCause();
        }
    }

    private void notePassed(Instant now) {
        var desired = ledger.state();
        if (HostPlanner.passes(moment(desired, now))) {
            ledger.passed(desired.fence().told());
            LOG.atInfo()
                    .addKeyValue("fence", desired.fence().told())
                    .log("What the fence names has ended; the rest goes on");
        }
    }

    /** Says it when what may be brought up is not the same any more. */
    private void turn(Gate now) {
        if (now != gate) {
            gate = now;
            LOG.atWarn()
                    .addKeyValue("gate", now)
                    .addKeyValue("leave", start.leave())
                    .log(now.failure()
                            .map(Failure::message)
                            .orElse(
                                    now == Gate.ALONE
                                            ? "Instances are started without the controller, by leave of somebody on this host"
                                            : "Instances are started as they are wanted"));
        }
    }

    private Moment moment(LedgerState desired, Instant now) {
        return new Moment(kinds, desired, now, gate);
    }

    private void publish(LedgerState desired, Instant now) {
        var moment = moment(desired, now);
        var report = new HostStates(moment, retries).report();
        WorkLog.Ways ways = d -> kinds.way(d, moment);
        reports.tell(report.with(log.after(report.documents(), ways), log.parts(report.documents(), ways)));
    }
}
