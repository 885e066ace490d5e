package io.croft.controller.blockstorage.snapshot;

import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.COMPLETE_REQUESTED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.DELETE_REQUESTED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.FAILED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.RECYCLE_REQUESTED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.RESTORE_REQUESTED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.RETENTION_ENDED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.SEALED;
import static io.croft.controller.blockstorage.snapshot.SnapshotEvent.TIMED_OUT;
import static io.croft.controller.blockstorage.snapshot.SnapshotState.COMPLETED;
import static io.croft.controller.blockstorage.snapshot.SnapshotState.DELETING;
import static io.croft.controller.blockstorage.snapshot.SnapshotState.ERROR;
import static io.croft.controller.blockstorage.snapshot.SnapshotState.PENDING;
import static io.croft.controller.blockstorage.snapshot.SnapshotState.RECYCLED;
import static io.croft.controller.blockstorage.snapshot.SnapshotState.SEALING;

import io.croft.controller.context.Transitions;

/** The states of a snapshot. A copy begins SEALING, since its blocks are there. From DELETING the row goes. */
final class SnapshotTransitions {
    /** The one table. */
    static final Transitions<SnapshotState, SnapshotEvent> TABLE = Transitions.<SnapshotState, SnapshotEvent>of(
                    "snapshot", PENDING, SEALING)
            .terminal(DELETING)
            .on(PENDING, COMPLETE_REQUESTED, SEALING)
            .on(PENDING, TIMED_OUT, ERROR)
            .on(PENDING, FAILED, ERROR)
            .on(SEALING, SEALED, COMPLETED)
            .on(SEALING, FAILED, ERROR)
            .on(PENDING, DELETE_REQUESTED, DELETING)
            .on(SEALING, DELETE_REQUESTED, DELETING)
            .on(COMPLETED, DELETE_REQUESTED, DELETING)
            .on(COMPLETED, RECYCLE_REQUESTED, RECYCLED)
            .on(RECYCLED, RESTORE_REQUESTED, COMPLETED)
            .on(RECYCLED, RETENTION_ENDED, DELETING)
            .on(RECYCLED, DELETE_REQUESTED, DELETING)
            .on(ERROR, DELETE_REQUESTED, DELETING);

    private SnapshotTransitions() {}
}
