package io.croft.controller.blockstorage.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

/** Tells tests of other modules whether every transition of a snapshot was made. */
public final class SnapshotTransitionCoverage {
    private SnapshotTransitionCoverage() {}

    /** Fails when a transition was never made. */
    public static void assertComplete() {
        assertThat(SnapshotTransitions.TABLE.unvisited()).isEmpty();
    }
}
