package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.StoreDamage;
import io.croft.controller.blockstorage.snapshot.store.TooManyBlocks;
import io.croft.controller.context.Reconciler;
import io.croft.controller.context.Reconciler.Status;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.tags.Tags;
import io.croft.types.SnapshotId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings snapshots on: seals those of which all blocks have come, gives up those whose writers fell silent, and removes those that are to be deleted. It takes no input, and goes on wherever it was cut off: a manifest that is there is
 * not made again, and one that is gone is not missed. A disk that fails is asked again, and one that is full is waited for; blocks that are not what came are not, and the snapshot is in error: what is left of them stays until it is deleted.
 */
@Component
class SnapshotSealing {
    private static final Logger log = LoggerFactory.getLogger(SnapshotSealing.class);
    private static final int BATCH = 100;

    /** What exactly, and where, is the operator's to know. */
    private static final String DAMAGED =
            "It cannot be made of what was written: some of its blocks are missing or damaged in the snapshot store.";

    private final SnapshotTable table;
    private final Snapshots snapshots;
    private final SnapshotUploads uploads;
    private final SnapshotStore store;
    private final SnapshotHolds holds;
    private final Tags tags;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Reconciler loop;
    private final ReentrantLock running = new ReentrantLock();
    private boolean began;

    SnapshotSealing(
            SnapshotTable table,
            Snapshots snapshots,
            SnapshotUploads uploads,
            SnapshotStore store,
            SnapshotHolds holds,
            Tags tags,
            Recovery recovery,
            TransactionTemplate transaction,
            Clock clock,
            MeterRegistry meters) {
        this.table = table;
        this.snapshots = snapshots;
        this.uploads = uploads;
        this.store = store;
        this.holds = holds;
        this.tags = tags;
        this.recovery = recovery;
        this.transaction = transaction;
        this.clock = clock;
        this.loop = new Reconciler(meters, "blockstorage.snapshots");
    }

    /** At a fixed rate, on a thread of its own each time: to seal a large snapshot must not hold up the loops that run with a fixed delay. */
    @Scheduled(fixedRateString = "PT1S")
    void run() {
        if (running.tryLock()) {
            try {
                begin();
                pass();
            } finally {
                running.unlock();
            }
        }
    }

    /** While the controller was away no writer could be heard: none is given up for that time. */
    private void begin() {
        if (!began) {
            table.hearAll(clock.instant());
            began = true;
        }
    }

    /** Goes once over all that is due; none while the controller reconciles, for the rows may be of before. */
    Status pass() {
        if (holds.unknown()) {
            table.deleting(BATCH).forEach(r -> holds.why(r.id()).ifPresent(w -> snapshots.noteOnce(r, "waiting", w)));
        }
        return loop.run(
                () -> recovery.state().reconciles()
                        ? List.<SnapshotId>of()
                        : table.due(clock.instant(), !holds.unknown(), holds.all(), BATCH),
                this::deal);
    }

    private boolean deal(SnapshotId id) {
        var row = table.find(id).orElse(null);
        if (row == null) {
            return false;
        }
        return switch (row.state()) {
            case PENDING -> giveUp(row);
            case SEALING -> seal(row);
            case DELETING -> remove(row);
            case RECYCLED -> move(row, SnapshotEvent.RETENTION_ENDED, null);
            case COMPLETED, ERROR -> false;
        };
    }

    private boolean giveUp(Row row) {
        var minutes = row.timeout() == null ? 0 : row.timeout().toMinutes();
        return end(row, SnapshotEvent.TIMED_OUT, "No block was written for " + minutes + " minutes.");
    }

    private boolean seal(Row row) {
        if (!uploads.hasRoom()) {
            snapshots.noteOnce(row, "waiting", "The snapshot store has no room for its blocks.");
            return false;
        }
        try {
            store.make(row.header(), row.parent(), row.written());
        } catch (TooManyBlocks e) {
            return move(row, SnapshotEvent.FAILED, "It cannot be made of what was written: " + e.getMessage());
        } catch (StoreDamage e) {
            log.atError().addKeyValue("snapshot", row.id()).setCause(e).log("A snapshot cannot be sealed");
            return move(row, SnapshotEvent.FAILED, DAMAGED);
        }
        return end(row, SnapshotEvent.SEALED, null);
    }

    /** From then on nobody needs what came for it. */
    private boolean end(Row row, SnapshotEvent event, @Nullable String message) {
        var ended = move(row, event, message);
        if (ended) {
            uploads.alone(row.id(), () -> store.forget(row.id()));
        }
        return ended;
    }

    private boolean move(Row row, SnapshotEvent event, @Nullable String message) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var deadline = row.deadline();
            var now = table.lock(row.id()).orElse(null);
            if (now == null || (event == SnapshotEvent.TIMED_OUT && !Objects.equals(now.deadline(), deadline))) {
                return false;
            }
            var moved = table.move(now, event, clock.instant(), message);
            if (moved) {
                snapshots.note(now, happened(event), message == null ? "" : message);
                snapshots.noteHeld(now, event);
            }
            return moved;
        }));
    }

    private static String happened(SnapshotEvent event) {
        return switch (event) {
            case SEALED -> "completed";
            case RETENTION_ENDED -> "deleting";
            default -> "error";
        };
    }

    /** Not while another, which may be somebody else's, is made of its blocks: no volume that needs them makes another any more once it is proved that there is none. */
    private boolean remove(Row row) {
        if (holds.why(row.id()).isPresent() || table.pendingChild(row.id()).isPresent()) {
            return false;
        }
        uploads.alone(row.id(), () -> store.remove(row.ref()));
        transaction.executeWithoutResult(_ -> {
            table.delete(row.id());
            tags.drop(List.of(row.id().value()));
            snapshots.note(row, "deleted", "");
        });
        return true;
    }
}
