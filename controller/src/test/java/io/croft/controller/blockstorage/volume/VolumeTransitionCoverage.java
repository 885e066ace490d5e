package io.croft.controller.blockstorage.volume;

import static org.assertj.core.api.Assertions.assertThat;

/** Tells tests of other modules whether every transition of a volume was made. */
public final class VolumeTransitionCoverage {
    private VolumeTransitionCoverage() {}

    /** Fails when a transition was never made. */
    public static void assertComplete() {
        assertThat(VolumeTransitions.TABLE.unvisited()).isEmpty();
    }

    /** The same of volumes' moves. */
    public static void assertMovesComplete() {
        assertThat(VolumeMoveTransitions.TABLE.unvisited()).isEmpty();
    }

    /** The same of volumes' modifications. */
    static void assertModificationsComplete() {
        assertThat(VolumeModificationTransitions.TABLE.unvisited()).isEmpty();
    }
}
