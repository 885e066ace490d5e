package io.croft.controller.compute.image;

import static io.croft.controller.compute.image.MakingEvent.BEGUN;
import static io.croft.controller.compute.image.MakingEvent.GIVEN_UP;
import static io.croft.controller.compute.image.MakingEvent.OVERDUE;
import static io.croft.controller.compute.image.MakingEvent.TAKEN;
import static io.croft.controller.compute.image.MakingState.CUTTING;
import static io.croft.controller.compute.image.MakingState.ENDED;
import static io.croft.controller.compute.image.MakingState.HALTING;
import static io.croft.controller.compute.image.MakingState.TAKING;

import io.croft.controller.context.Transitions;

/** How an image is made of an instance's volumes at rest. Whatever leads to ENDED has the machine go on. */
final class MakingTransitions {
    /** The one table. */
    static final Transitions<MakingState, MakingEvent> TABLE = Transitions.<MakingState, MakingEvent>of(
                    "instance image", HALTING)
            .terminal(ENDED)
            .on(HALTING, OVERDUE, CUTTING)
            .on(HALTING, BEGUN, TAKING)
            .on(HALTING, GIVEN_UP, ENDED)
            .on(CUTTING, BEGUN, TAKING)
            .on(CUTTING, GIVEN_UP, ENDED)
            .on(TAKING, TAKEN, ENDED);

    private MakingTransitions() {}
}
