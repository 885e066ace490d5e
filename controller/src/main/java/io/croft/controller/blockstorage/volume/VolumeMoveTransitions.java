package io.croft.controller.blockstorage.volume;

import static io.croft.controller.blockstorage.volume.VolumeMoveEvent.ARRIVED;
import static io.croft.controller.blockstorage.volume.VolumeMoveEvent.COPIED;
import static io.croft.controller.blockstorage.volume.VolumeMoveEvent.GIVEN_UP;
import static io.croft.controller.blockstorage.volume.VolumeMoveState.COPYING;
import static io.croft.controller.blockstorage.volume.VolumeMoveState.FILLING;
import static io.croft.controller.blockstorage.volume.VolumeMoveState.KEPT;
import static io.croft.controller.blockstorage.volume.VolumeMoveState.MOVED;

import io.croft.controller.context.Transitions;

/** The states of a volume's move. No machine has the volume until it has ended, so both hosts have the same bytes. With its end the row goes; what is then left on one of the hosts is in {@code volume_leftover}. */
final class VolumeMoveTransitions {
    /** The one table. */
    static final Transitions<VolumeMoveState, VolumeMoveEvent> TABLE = Transitions.<VolumeMoveState, VolumeMoveEvent>of(
                    "volume move", COPYING)
            .terminal(MOVED, KEPT)
            .on(COPYING, COPIED, FILLING)
            .on(COPYING, GIVEN_UP, KEPT)
            .on(FILLING, ARRIVED, MOVED)
            .on(FILLING, GIVEN_UP, KEPT);

    private VolumeMoveTransitions() {}
}
