package io.croft.controller.blockstorage.volume;

import static io.croft.controller.blockstorage.volume.VolumeEvent.DELETE_REQUESTED;
import static io.croft.controller.blockstorage.volume.VolumeEvent.DETACHED;
import static io.croft.controller.blockstorage.volume.VolumeEvent.READY;
import static io.croft.controller.blockstorage.volume.VolumeState.AVAILABLE;
import static io.croft.controller.blockstorage.volume.VolumeState.CREATING;
import static io.croft.controller.blockstorage.volume.VolumeState.DELETING;
import static io.croft.controller.blockstorage.volume.VolumeState.IN_USE;

import io.croft.controller.context.Transitions;

/** The states of a volume. From DELETING the row goes. */
final class VolumeTransitions {
    /** The one table. */
    static final Transitions<VolumeState, VolumeEvent> TABLE = Transitions.<VolumeState, VolumeEvent>of(
                    "volume", CREATING)
            .terminal(DELETING)
            .on(CREATING, READY, IN_USE)
            .on(CREATING, DETACHED, AVAILABLE)
            .on(CREATING, DELETE_REQUESTED, DELETING)
            .on(IN_USE, DETACHED, AVAILABLE)
            .on(IN_USE, DELETE_REQUESTED, DELETING)
            .on(AVAILABLE, DELETE_REQUESTED, DELETING);

    private VolumeTransitions() {}
}
