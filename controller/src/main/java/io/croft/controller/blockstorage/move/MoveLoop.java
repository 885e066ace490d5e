package io.croft.controller.blockstorage.move;

import io.croft.controller.blockstorage.volume.VolumeMoves;
import io.croft.controller.blockstorage.volume.VolumeMoves.Step;
import io.croft.controller.compute.instance.InstanceDocuments;
import io.croft.controller.compute.instance.InstanceTable;
import io.croft.controller.context.Reconciler;
import io.croft.controller.recovery.Recovery;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Goes on with the moves of volumes, one transaction a step; the instance that waits for a volume is locked before it. What a machine waits for it is told once its host has it. */
@Component
class MoveLoop {
    private final VolumeMoves moves;
    private final InstanceTable instances;
    private final InstanceDocuments documents;
    private final Recovery recovery;
    private final TransactionTemplate transaction;
    private final Reconciler moving;
    private final Reconciler idle;

    MoveLoop(
            VolumeMoves moves,
            InstanceTable instances,
            InstanceDocuments documents,
            Recovery recovery,
            TransactionTemplate transaction,
            MeterRegistry meters) {
        this.moves = moves;
        this.instances = instances;
        this.documents = documents;
        this.recovery = recovery;
        this.transaction = transaction;
        this.moving = new Reconciler(meters, "blockstorage.moves");
        this.idle = new Reconciler(meters, "blockstorage.moves.idle");
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    /** Goes once over all moves. */
    void pass() {
        moving.run(moves::atHand, this::step);
        idle.run(moves::idle, this::drop);
    }

    private boolean step(VolumeId id) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            var instance = moves.awaiting(id);
            instance.ifPresent(instances::lock);
            var step = moves.step(id, instance);
            if (step == Step.ARRIVED) {
                documents.changed(instance.stream().toList());
            }
            return step != Step.NONE;
        }));
    }

    private boolean drop(SnapshotId carrier) {
        transaction.executeWithoutResult(_ -> moves.drop(carrier));
        return true;
    }
}
