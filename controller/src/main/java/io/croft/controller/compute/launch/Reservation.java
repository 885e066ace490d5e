package io.croft.controller.compute.launch;

import io.croft.controller.compute.instance.InstanceView;
import io.croft.types.AccountId;
import io.croft.types.ReservationId;
import java.util.List;

/** The instances of one launch, in the order of their launch indexes. */
public record Reservation(ReservationId id, AccountId owner, List<InstanceView> instances) {
    public Reservation {
        instances = List.copyOf(instances);
    }
}
