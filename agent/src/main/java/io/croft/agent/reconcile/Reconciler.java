package io.croft.agent.reconcile;

import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.ledger.Ledger;
import io.croft.agent.ledger.LedgerState;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.types.Generation;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final int WEAR_EVERY = 3;

    private final Ledger ledger;
    private final HostPlanner planner;
    private final InstantSource clock;
    private final Reports reports;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ObservedHost observed;
    private final Troubles troubles;
    private final Lanes lanes;
    private final Looker looker;
    private final Map<InstanceId, Instant> started = new HashMap<>();
    private final Set<DocumentKey> touched = new HashSet<>();
    /** What the ledger has not taken yet, oldest first. */
    private final Deque<Runnable> notes = new ArrayDeque<>();

    private final Counters counters = new Counters();
    private final WaitingCalls waiting = new WaitingCalls();
    private final Thread thread;
    private boolean filterTouched;
    private Instant nextPass = Instant.MIN;
    private int passes;
    private volatile boolean closed;
    private volatile List<String> trouble = List.of();
    private volatile @Nullable String ledgerTrouble;

    /**
     * @param grace how long a guest may take to power itself off
     * @param patience how long it may take to answer after power-on
     * @param reports gets what the controller is to know, at each change, on the reconciler's thread
     */
    public Reconciler(
            HostDrivers drivers,
            Ledger ledger,
            Duration grace,
            GuestPatience patience,
            InstantSource clock,
            RandomGenerator random,
            Consumer<HostReport> reports) {
        this.ledger = ledger;
        this.observed = new ObservedHost(patience);
        this.planner = new HostPlanner(drivers.network()::port, grace);
        this.clock = clock;
        this.reports = new Reports(reports);
        this.troubles = new Troubles(random);
        this.lanes = new Lanes(new DriverCalls(drivers, clock), f -> events.add(new Ended(f)));
        this.looker = new Looker(drivers, s -> events.add(new Looked(s)));
        this.thread = Thread.ofPlatform().name("reconcile").unstarted(this::loop);
    }

    private sealed interface Event {}

    private record Woken() implements Event {}

    private record Hinted(InstanceId id) implements Event {}

    private record Ended(Lanes.Finished finished) implements Event {}

    private record Looked(Sighting sighting) implements Event {}

    public void start() {
        thread.start();
    }

    /** The ledger has changed. */
    public void wake() {
        events.add(new Woken());
    }

    /** The machine's power may have changed. */
    public void hint(InstanceId id) {
        events.add(new Hinted(id));
    }

    public Tally tally() {
        var now = clock.instant();
        return counters.tally(waiting.at(now), waiting.longest(now));
    }

    /** The drivers that did not answer at the last look, and a ledger that cannot be written, one sentence each. */
    public List<String> trouble() {
        return Stream.concat(trouble.stream(), Stream.ofNullable(ledgerTrouble)).toList();
    }

    /** Stops at once. Actions that run are interrupted and waited for, 5 s at most. */
    @Override
    public void close() {
        closed = true;
        wake();
        try {
            thread.join();
            lanes.close();
            looker.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (!closed) {
            try {
                var event = events.poll(patience().toMillis() + 1, TimeUnit.MILLISECONDS);
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
    private Duration patience() {
        var now = clock.instant();
        var wakes = new ArrayList<Instant>(List.of(nextPass, now.plus(PASS)));
        troubles.next(now).ifPresent(wakes::add);
        lanes.nextDeadline().ifPresent(wakes::add);
        if (observed.expecting()) {
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
        writeNotes();
        // What is told of a wish is told by a round that saw it: a stop, say, whose next start comes at once.
        var desired = ledger.state();
        noteCrashed(desired, now);
        observed.notePauses(now);
        observed.guests().keepOnly(port -> runs(desired, port));
        for (var action : planner.plan(desired, observed, now)) {
            attempt(action, desired, now);
        }
        publish(desired, now);
        counters.stuck.set(lanes.stuck());
        counters.running.set(lanes.taken().size());
        waiting.are(lanes.calls(), looker.underWaySince());
        counters.round(Duration.ofNanos(System.nanoTime() - begun).toMillis());
    }

    private void take(Event event, Instant now) {
        switch (event) {
            case Woken _ -> {}
            case Hinted hinted -> observed.hint(hinted.id());
            case Ended ended -> end(ended.finished(), now);
            case Looked looked -> {
                trouble = looked.sighting().trouble();
                observed.see(looked.sighting(), touched::contains, filterTouched);
                looker.done();
                observed.machines().stream().filter(ObservedVm::alive).forEach(m -> started.putIfAbsent(m.id(), now));
            }
        }
    }

    private void end(Lanes.Finished finished, Instant now) {
        var action = finished.action();
        var took = lanes.finish(action, now);
        counters.ended(action, finished.outcome(), took);
        if (finished.outcome() instanceof Outcome.Failed(var failure)) {
            observed.fail(action);
            troubles.failed(action.lane(), failure, finished.generation(), now);
            LOG.atWarn()
                    .addKeyValue("action", name(action))
                    .addKeyValue("lane", action.lane())
                    .addKeyValue("code", failure.code())
                    .addKeyValue("reason", failure.message())
                    .log("An action failed");
            return;
        }
        if (finished.outcome() instanceof Outcome.Filtered(var changed) && changed) {
            noteDrift((HostAction.ApplyFirewall) action);
        }
        observed.succeed(action, finished.outcome(), finished.generation());
        troubles.worked(action.lane(), now);
        note(finished, now);
        LOG.atDebug()
                .addKeyValue("action", name(action))
                .addKeyValue("lane", action.lane())
                .log("Done");
    }

    /** What was in force already, and had to be changed all the same, had been changed by somebody else. */
    private void noteDrift(HostAction.ApplyFirewall action) {
        if (action.spec().equals(observed.filter().applied())) {
            counters.drift.incrementAndGet();
            LOG.atWarn().log("Somebody else changed the filter; it is as wanted again");
        }
    }

    private void note(Lanes.Finished finished, Instant now) {
        switch (finished.action()) {
            case HostAction.EnsureVolume a -> notes.add(() -> ledger.made(a.volume()));
            case HostAction.StartMachine a -> started.put(a.instance(), now);
            case HostAction.Operate _ -> {
                var result = ((Outcome.Operated) finished.outcome()).result();
                notes.add(() -> ledger.record(result));
            }
            default -> {}
        }
    }

    private void late(HostAction action, Instant now) {
        var message =
                name(action) + " has not come back within " + action.deadline().toSeconds() + " s.";
        troubles.failed(action.lane(), new Failure(Failure.Code.DEADLINE, message, true), null, now);
        LOG.atError()
                .addKeyValue("lane", action.lane())
                .addKeyValue("action", name(action))
                .log("A driver is stuck");
    }

    /** Looks at everything again, and puts the filter in force again in case somebody else changed it. */
    private void pass(Instant now) {
        nextPass = now.plus(PASS);
        if (looker.look(now)) {
            touched.clear();
            filterTouched = lanes.taken(Lane.FIREWALL);
            ledger.state().documents().keySet().stream()
                    .filter(key -> lanes.taken(Lane.of(key)))
                    .forEach(touched::add);
        }
        passes++;
        if (passes % WEAR_EVERY == 0) {
            observed.wear();
        }
        var applied = observed.filter().applied();
        if (applied != null) {
            attempt(new HostAction.ApplyFirewall(applied), ledger.state(), now);
        }
        var known = ledger.state().documents().keySet();
        observed.keepOnly(known::contains);
        troubles.keepOnly(lane ->
                lane.equals(Lane.FIREWALL) || known.stream().map(Lane::of).anyMatch(lane::equals));
    }

    private void attempt(HostAction action, LedgerState desired, Instant now) {
        var generation = generation(action, desired);
        if (closed
                || !lanes.free(action)
                || !troubles.ready(action.lane(), generation, now)
                || (ledgerTrouble != null && standsOnTheLedger(action))) {
            return;
        }
        observed.begin(action, now);
        if (action instanceof HostAction.OnResource resource) {
            touched.add(resource.key());
        } else {
            filterTouched = true;
        }
        lanes.start(action, generation, now);
        counters.actions.incrementAndGet();
    }

    private static @Nullable Generation generation(HostAction action, LedgerState desired) {
        return action instanceof HostAction.OnResource resource
                ? Optional.ofNullable(desired.documents().get(resource.key()))
                        .map(HostDocument::generation)
                        .orElse(null)
                : null;
    }

    /** Whether it may be begun only if the ledger knows what went before: a verb must not be done twice, a machine that powered itself off not come back. */
    private static boolean standsOnTheLedger(HostAction action) {
        return action instanceof HostAction.Operate || action instanceof HostAction.StartMachine;
    }

    /** A ledger that cannot be written, as on a full disk, is tried again each round and holds up only what stands on it. */
    private void writeNotes() {
        try {
            for (var note = notes.peek(); note != null; note = notes.peek()) {
                note.run();
                notes.remove();
            }
            noteHalted();
            noteRan();
            ledgerTrouble = null;
        } catch (UncheckedIOException e) {
            if (ledgerTrouble == null) {
                LOG.atError().setCause(e).log("The ledger cannot be written");
            }
            ledgerTrouble = "The ledger cannot be written: " + e.getCause();
        }
    }

    private void noteHalted() {
        var desired = ledger.state();
        desired.all(InstanceSpec.class)
                .filter(i -> Halting.news(desired, observed, i))
                .forEach(i -> ledger.halted(i.id(), i.generation()));
    }

    private void noteRan() {
        var desired = ledger.state();
        desired.all(InstanceSpec.class)
                .filter(i -> Recovery.news(desired, observed, i))
                .forEach(i -> ledger.ran(i.id(), i.generation()));
    }

    /** A machine that stopped by itself starts again, later each time, unless it is to stay down. */
    private void noteCrashed(LedgerState desired, Instant now) {
        observed.recovery().keepOnly(id -> wantedOn(desired, id).isPresent());
        for (var id : List.copyOf(started.keySet())) {
            var instance = wantedOn(desired, id);
            if (instance.isEmpty()) {
                started.remove(id);
            } else if (!observed.mayRun(id) && observed.machine(id).isPresent()) {
                started.remove(id);
                if (Halting.halted(desired, observed, instance.get())) {
                    continue;
                }
                LOG.atWarn().addKeyValue("instance", id).log("A machine stopped by itself");
                if (!instance.get().staysDown()) {
                    observed.recovery().begin(id, now);
                    var crash = new Failure(Failure.Code.HYPERVISOR, "The machine stopped by itself.", true);
                    troubles.failed(
                            Lane.of(instance.get().key()), crash, instance.get().generation(), now);
                }
            }
        }
    }

    private static Optional<InstanceSpec> wantedOn(LedgerState desired, InstanceId id) {
        return desired.find(InstanceSpec.class, DocumentKind.INSTANCE, id.value())
                .filter(i -> i.power() == InstanceSpec.Power.ON);
    }

    private boolean runs(LedgerState desired, NetworkInterfaceId port) {
        return desired.find(InterfaceSpec.class, DocumentKind.INTERFACE, port.value())
                .flatMap(i -> observed.machine(i.instance()))
                .filter(ObservedVm::alive)
                .isPresent();
    }

    private void publish(LedgerState desired, Instant now) {
        var states = new HostStates(desired, observed, planner.filter(desired, observed), troubles, now.toString());
        reports.tell(states.report());
    }

    private static String name(HostAction action) {
        return action.getClass().getSimpleName();
    }
}
