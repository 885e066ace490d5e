package io.croft.controller.compute.image;

import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.compute.image.MakingTable.Row;
import io.croft.controller.compute.instance.InstanceRests;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Reconciler;
import io.croft.controller.image.ImageReason;
import io.croft.controller.image.PendingImages;
import io.croft.controller.recovery.Recovery;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceState;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings images of instances on that are made of volumes at rest. Each step is one transaction, which finds what was done before to be so. */
@Component
class ImageMakings {
    /** Longer than an agent gives a guest to power off by itself. */
    static final Duration HALT = Duration.ofMinutes(3);

    /** A host that is told to cut the power does at once. */
    private static final Duration CUT = Duration.ofMinutes(1);

    private final MakingTable table;
    private final InstanceRests rests;
    private final ImageMoment moment;
    private final VolumeSnapshots snapshots;
    private final PendingImages images;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Reconciler reconciler;

    ImageMakings(
            MakingTable table,
            InstanceRests rests,
            ImageMoment moment,
            VolumeSnapshots snapshots,
            PendingImages images,
            Recovery recovery,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry meters) {
        this.table = table;
        this.rests = rests;
        this.moment = moment;
        this.snapshots = snapshots;
        this.images = images;
        this.recovery = recovery;
        this.transaction = transaction;
        this.clock = clock;
        this.reconciler = new Reconciler(meters, "compute.images");
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    /** Goes once over all of them. */
    void pass() {
        reconciler.run(table::all, this::bringOn);
    }

    private boolean bringOn(Row found) {
        try {
            return inTransaction(found, this::step);
        } catch (CloudException e) {
            // What does not answer right now may in a moment.
            return (e.code() != ErrorCode.UNAVAILABLE || overdue(found))
                    && inTransaction(found, (row, _) -> giveUp(row, Objects.requireNonNull(e.getMessage())));
        }
    }

    private interface Step {
        boolean run(Row row, @Nullable InstanceState state);
    }

    /** Whoever else locks both begins with the instance, too. */
    private boolean inTransaction(Row found, Step step) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var state = rests.hold(found.instance()).orElse(null);
            return table.lock(found.image()).map(row -> step.run(row, state)).orElse(false);
        }));
    }

    private boolean step(Row row, @Nullable InstanceState state) {
        return switch (row.state()) {
            case HALTING, CUTTING -> halting(row, state);
            case TAKING -> taking(row);
            case ENDED -> throw new IllegalStateException(row.image() + " has a row, and has ended");
        };
    }

    private boolean halting(Row row, @Nullable InstanceState state) {
        if (!images.isPending(row.image())) {
            return giveUp(row, "It is not pending any more.");
        }
        return switch (state) {
            case null -> giveUp(row, "The instance was terminated.");
            case SHUTTING_DOWN, TERMINATED -> giveUp(row, "The instance was terminated.");
            case STOPPED -> begin(row);
            // Somebody else has had it go on meanwhile: nothing is to be waited for any more.
            case PENDING -> begin(row);
            case RUNNING -> (rests.rests(row.instance()) && !rests.isOff(row.instance())) ? late(row) : begin(row);
            case STOPPING -> late(row);
        };
    }

    private boolean begin(Row row) {
        var caller = new Caller(row.account(), row.principal(), Role.ADMIN, row.request(), "");
        var begun = moment.begin(caller, row.image(), row.instance(), table.devices(row.image()), row.tags());
        table.begun(row.image(), begun);
        table.move(row, MakingEvent.BEGUN, clock.instant(), Duration.ZERO);
        return true;
    }

    private boolean overdue(Row row) {
        return !clock.instant().isBefore(row.deadline());
    }

    /** Nobody could be told while no controller ran: what was late to be told is not late to be done. */
    private boolean late(Row row) {
        if (!overdue(row) || rests.mayYetTell(row.instance(), row.since())) {
            return false;
        }
        if (row.state() == MakingState.CUTTING) {
            return giveUp(row, "The instance's machine could not be shut down.");
        }
        rests.cut(row.instance());
        table.move(row, MakingEvent.OVERDUE, clock.instant(), CUT);
        return true;
    }

    private boolean giveUp(Row row, String reason) {
        images.fail(row.image(), new ImageReason("Server.InternalError", reason));
        rests.end(row.instance());
        table.move(row, MakingEvent.GIVEN_UP, clock.instant(), Duration.ZERO);
        return true;
    }

    /** Hosts that do not take them in time fail them. */
    private boolean taking(Row row) {
        if (!snapshots.taken(table.snapshots(row.image()))) {
            return false;
        }
        rests.end(row.instance());
        table.move(row, MakingEvent.TAKEN, clock.instant(), Duration.ZERO);
        return true;
    }
}
