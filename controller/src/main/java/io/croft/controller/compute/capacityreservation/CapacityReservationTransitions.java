package io.croft.controller.compute.capacityreservation;

import io.croft.controller.compute.capacityreservation.CapacityReservationView.State;
import io.croft.controller.context.Transitions;

/** Which event leads a capacity reservation from which state to which. */
final class CapacityReservationTransitions {
    static final Transitions<State, Event> TABLE = Transitions.<State, Event>of("capacity reservation", State.ACTIVE)
            .terminal(State.EXPIRED, State.CANCELLED)
            .on(State.ACTIVE, Event.END_DATE_CAME, State.EXPIRED)
            .on(State.ACTIVE, Event.CANCEL_REQUESTED, State.CANCELLED);

    private CapacityReservationTransitions() {}

    /** What happens to a capacity reservation. */
    enum Event {
        END_DATE_CAME,
        CANCEL_REQUESTED
    }
}
