package io.croft.controller.blockstorage.capture;

import static io.croft.controller.blockstorage.capture.CaptureEvent.ENDED;
import static io.croft.controller.blockstorage.capture.CaptureEvent.TAKEN;
import static io.croft.controller.blockstorage.capture.CaptureState.DROPPING;
import static io.croft.controller.blockstorage.capture.CaptureState.SENDING;
import static io.croft.controller.blockstorage.capture.CaptureState.TAKING;

import io.croft.controller.context.Transitions;

/** The states of a capture. From DROPPING the row goes, once its host has proved that it keeps nothing. */
final class CaptureTransitions {
    /** The one table. */
    static final Transitions<CaptureState, CaptureEvent> TABLE = Transitions.<CaptureState, CaptureEvent>of(
                    "snapshot capture", TAKING)
            .terminal(DROPPING)
            .on(TAKING, TAKEN, SENDING)
            .on(TAKING, ENDED, DROPPING)
            .on(SENDING, ENDED, DROPPING);

    private CaptureTransitions() {}
}
