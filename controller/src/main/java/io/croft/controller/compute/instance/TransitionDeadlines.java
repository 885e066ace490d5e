package io.croft.controller.compute.instance;

import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.compute.instance.InstanceTable.Overdue;
import io.croft.controller.context.Reconciler;
import io.croft.controller.context.Reconciler.Status;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.types.InstanceId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The way out of every state that must not last. A start that is overdue has failed; a hibernation that is overdue becomes a stop, and a stop that is overdue
 * cuts the power; an end that is overdue is asked for
 * again, or shown as done when the host is away. One that began before this controller waits for its host's word first. It ends no instance that has run and deletes nothing.
 *
 * <p>Takes no input and re-reads the rows each time, one transaction an instance; beside a second copy of itself each instance is dealt with by one of them.
 */
@Component
class TransitionDeadlines {
    private static final Logger log = LoggerFactory.getLogger(TransitionDeadlines.class);
    private static final int BATCH = 100;

    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceDocuments documents;
    private final InstanceEndings endings;
    private final Fleet fleet;
    private final Deadlines deadlines;
    private final History history;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final Recovery recovery;
    private final Reconciler loop;

    TransitionDeadlines(
            InstanceTable instances,
            VmTable vms,
            InstanceDocuments documents,
            InstanceEndings endings,
            Fleet fleet,
            Deadlines deadlines,
            History history,
            Clock clock,
            TransactionTemplate transaction,
            Recovery recovery,
            MeterRegistry meters) {
        this.instances = instances;
        this.vms = vms;
        this.documents = documents;
        this.endings = endings;
        this.fleet = fleet;
        this.deadlines = deadlines;
        this.history = history;
        this.clock = clock;
        this.transaction = transaction;
        this.recovery = recovery;
        this.loop = new Reconciler(meters, "compute.deadlines");
    }

    /** A state that came in with an old copy of the database is not overdue: nobody has looked yet what became of it. */
    @Scheduled(fixedDelayString = "PT5S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    /** Deals with a batch of overdue instances. */
    Status pass() {
        return loop.run(
                () -> instances.overdue(clock.instant(), BATCH),
                o -> !mayBeTold(o) && Boolean.TRUE.equals(transaction.execute(_ -> deal(o.id()))));
    }

    /** Nobody could be told while no controller ran: what was late to be told is not late to be done. */
    private boolean mayBeTold(Overdue overdue) {
        return overdue.host().filter(h -> fleet.mayYetTell(h, overdue.since())).isPresent();
    }

    private boolean deal(InstanceId id) {
        var overdue = instances.lockOverdue(id, clock.instant());
        overdue.ifPresent(this::deal);
        return overdue.isPresent();
    }

    private void deal(InstanceRow instance) {
        var failure = vms.failure(instance.id()).orElse("");
        log.atWarn()
                .addKeyValue("instance", instance.id())
                .addKeyValue("state", instance.state())
                .addKeyValue("failure", failure)
                .log("instance overdue");
        switch (instance.state()) {
            case PENDING -> endings.startFailed(instance, new Cause(StateReasons.OVERDUE, failure));
            case STOPPING -> stopOverdue(instance, failure);
            case SHUTTING_DOWN -> {
                if (!endings.passOverAwayHost(instance.id())) {
                    note(instance, "end overdue, asked for again", failure);
                    vms.raise(Set.of(instance.id()));
                    documents.put(Set.of(instance.id()));
                    extend(instance);
                }
            }
            case RUNNING, STOPPED, TERMINATED ->
                throw new IllegalStateException(instance.id() + " has a deadline in " + instance.state());
        }
    }

    /** A host that is away may be saving the memory, or may have saved it: it is not told otherwise. */
    private void stopOverdue(InstanceRow instance, String failure) {
        var hibernates = vms.find(instance.id())
                .filter(vm -> vm.stop() == StopMode.HIBERNATE)
                .isPresent();
        if (!hibernates) {
            note(
                    instance,
                    "stop overdue, power cut",
                    endings.waiting(instance.id()).orElse(failure));
            endings.powerOff(Set.of(instance.id()), StopMode.FORCE);
            extend(instance);
        } else if (endings.isHostAway(instance.id())) {
            note(instance, "hibernation overdue, host away", failure);
            instances.extend(instance.id(), deadlines.ofHibernation());
        } else {
            endings.hibernationFailed(instance.id(), failure);
        }
    }

    private void extend(InstanceRow instance) {
        instances.extend(instance.id(), Objects.requireNonNull(deadlines.of(instance.state())));
    }

    private void note(InstanceRow instance, String event, String detail) {
        history.record(List.of(new Happening(instance.account(), instance.id().value(), event, detail)));
    }
}
