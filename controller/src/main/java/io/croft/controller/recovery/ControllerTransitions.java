package io.croft.controller.recovery;

import static io.croft.controller.recovery.ControllerEvent.MERGED;
import static io.croft.controller.recovery.ControllerEvent.WENT_BACK;
import static io.croft.controller.recovery.ControllerState.RECONCILING;
import static io.croft.controller.recovery.ControllerState.SERVING;

import io.croft.controller.context.Transitions;

/** When the controller stops acting on its database, and when it goes on. */
final class ControllerTransitions {
    static final Transitions<ControllerState, ControllerEvent> TABLE = Transitions.<ControllerState, ControllerEvent>of(
                    "controller", SERVING)
            .on(SERVING, WENT_BACK, RECONCILING)
            .on(RECONCILING, WENT_BACK, RECONCILING)
            .on(RECONCILING, MERGED, SERVING)
            .on(SERVING, MERGED, SERVING);

    private ControllerTransitions() {}
}
