package io.croft.controller.blockstorage.volume;

import static io.croft.controller.blockstorage.volume.VolumeEvent.ATTACH_REQUESTED;
import static io.croft.controller.blockstorage.volume.VolumeEvent.DELETE_REQUESTED;
import static io.croft.controller.blockstorage.volume.VolumeEvent.DETACHED;
import static io.croft.controller.blockstorage.volume.VolumeEvent.READY;
import static io.croft.controller.blockstorage.volume.VolumeState.AVAILABLE;
import static io.croft.controller.blockstorage.volume.VolumeState.CREATING;
import static io.croft.controller.blockstorage.volume.VolumeState.DELETING;
import static io.croft.controller.blockstorage.volume.VolumeState.IN_USE;

import io.croft.controller.context.Transitions;

/**
 * The states of a volume. One that is made with its instance is CREATING until its host has it; one that is made by itself is AVAILABLE at once, since it has no bytes before
 * it is first attached. From DELETING the row goes.
 */
final class VolumeTransitions {
    /** The one table. */
    static final Transitions<VolumeState, VolumeEvent> TABLE = Transitions.<VolumeState, VolumeEvent>of(
                    "volume", CREATING, AVAILABLE)
            .terminal(DELETING)
            .on(CREATING, READY, IN_USE)
            .on(CREATING, DETACHED, AVAILABLE)
            .on(CREATING, DELETE_REQUESTED, DELETING)
            .on(IN_USE, DETACHED, AVAILABLE)
            .on(IN_USE, DELETE_REQUESTED, DELETING)
            .on(AVAILABLE, ATTACH_REQUESTED, IN_USE)
            .on(AVAILABLE, DELETE_REQUESTED, DELETING);

    private VolumeTransitions() {}
}
