package io.croft.controller.blockstorage.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;

/** Tells tests of other modules whether every transition of a snapshot was made. */
public final class SnapshotTransitionCoverage {
    private static final Set<SnapshotEvent> RECYCLING =
            EnumSet.of(SnapshotEvent.RECYCLE_REQUESTED, SnapshotEvent.RESTORE_REQUESTED, SnapshotEvent.RETENTION_ENDED);

    private SnapshotTransitionCoverage() {}

    /** Fails when a transition was never made; those of the recycle bin need one. */
    public static void assertComplete() {
        assertThat(SnapshotTransitions.TABLE.unvisited())
                .allMatch(s -> RECYCLING.contains(s.event()) || s.from() == SnapshotState.RECYCLED);
    }

    /** The same of those that need a recycle bin. */
    public static void assertRecycled() {
        assertThat(SnapshotTransitions.TABLE.unvisited())
                .noneMatch(s -> RECYCLING.contains(s.event()) || s.from() == SnapshotState.RECYCLED);
    }
}
