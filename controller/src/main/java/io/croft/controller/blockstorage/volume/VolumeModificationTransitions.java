package io.croft.controller.blockstorage.volume;

import static io.croft.controller.blockstorage.volume.VolumeModificationEvent.CARRIED_OUT;
import static io.croft.controller.blockstorage.volume.VolumeModificationEvent.REFUSED;
import static io.croft.controller.blockstorage.volume.VolumeModificationState.COMPLETED;
import static io.croft.controller.blockstorage.volume.VolumeModificationState.FAILED;
import static io.croft.controller.blockstorage.volume.VolumeModificationState.MODIFYING;

import io.croft.controller.context.Transitions;

/** The states of a volume's modification. The next one takes the place of one that has ended. */
final class VolumeModificationTransitions {
    /** The one table. */
    static final Transitions<VolumeModificationState, VolumeModificationEvent> TABLE =
            Transitions.<VolumeModificationState, VolumeModificationEvent>of("volume modification", MODIFYING)
                    .terminal(COMPLETED, FAILED)
                    .on(MODIFYING, CARRIED_OUT, COMPLETED)
                    .on(MODIFYING, REFUSED, FAILED);

    private VolumeModificationTransitions() {}
}
