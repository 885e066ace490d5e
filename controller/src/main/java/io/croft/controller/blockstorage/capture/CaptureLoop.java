package io.croft.controller.blockstorage.capture;

import io.croft.controller.blockstorage.capture.CaptureTable.Row;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Reconciler;
import io.croft.controller.fleet.Fences;
import io.croft.controller.recovery.Recovery;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has hosts drop what nobody waits for any more, and gives up what cannot come: a pending snapshot of a host that is away waits for it, and one of a host that is proved dead is in error. One transaction a snapshot; what was done before is
 * found so.
 */
@Component
class CaptureLoop {
    private final CaptureTable table;
    private final Captures captures;
    private final Snapshots snapshots;
    private final Fences fences;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Reconciler ended;
    private final Reconciler lost;
    private final Reconciler overdue;

    CaptureLoop(
            CaptureTable table,
            Captures captures,
            Snapshots snapshots,
            Fences fences,
            Recovery recovery,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this.table = table;
        this.captures = captures;
        this.snapshots = snapshots;
        this.fences = fences;
        this.recovery = recovery;
        this.transaction = transaction;
        this.ended = new Reconciler(meters, "blockstorage.captures");
        this.lost = new Reconciler(meters, "blockstorage.captures.fence");
        this.overdue = new Reconciler(meters, "blockstorage.captures.overdue");
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    /** Goes once over all captures. */
    void pass() {
        for (var host : fences.dead()) {
            lost.run(() -> table.on(host), c -> giveUp(c, host));
        }
        overdue.run(table::overdue, this::giveUpTaking);
        ended.run(this::unawaited, this::end);
    }

    /** Whoever waited for its moment has stopped to; it would be of a later one. */
    private boolean giveUpTaking(SnapshotId id) {
        return Boolean.TRUE.equals(transaction.execute(_ -> table.lock(id)
                .filter(c -> c.state() == CaptureState.TAKING)
                .map(c -> {
                    snapshots.fail(id, "Its volume's host did not take it in time.");
                    return captures.move(c, CaptureEvent.ENDED);
                })
                .orElse(false)));
    }

    private Collection<SnapshotId> unawaited() {
        var standing = new HashSet<>(table.standing());
        snapshots.unfinished(List.copyOf(standing)).forEach(standing::remove);
        return standing;
    }

    private boolean end(SnapshotId id) {
        return Boolean.TRUE.equals(transaction.execute(_ ->
                table.lock(id).filter(c -> captures.move(c, CaptureEvent.ENDED)).isPresent()));
    }

    private boolean giveUp(Row capture, HostId host) {
        return Boolean.TRUE.equals(transaction.execute(_ -> fences.hold(host)
                .flatMap(_ -> table.lock(capture.snapshot()))
                .filter(c -> c.state() != CaptureState.DROPPING)
                .map(c -> {
                    snapshots.fail(c.snapshot(), "The host of its volume was lost before all of it had come.");
                    return snapshots.unfinished(List.of(c.snapshot())).isEmpty()
                            && captures.move(c, CaptureEvent.ENDED);
                })
                .orElse(false)));
    }
}
