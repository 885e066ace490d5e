package io.croft.controller.adminapi.compute.capacityreservation;

import io.croft.controller.compute.capacityreservation.CapacityReservationView;
import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.rest.CapacityReservationResource;
import io.croft.rest.Items;
import java.time.Instant;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every account's capacity reservations, for looking. */
@RestController
@RequestMapping("/admin/v1/capacity-reservations")
class CapacityReservationEndpoint {
    private final CapacityReservations reservations;

    CapacityReservationEndpoint(CapacityReservations reservations) {
        this.reservations = reservations;
    }

    @GetMapping
    Items<CapacityReservationResource> list() {
        return new Items<>(reservations.active().stream()
                .map(CapacityReservationEndpoint::resource)
                .toList());
    }

    private static CapacityReservationResource resource(CapacityReservationView reservation) {
        return new CapacityReservationResource(
                reservation.id().value(),
                reservation.owner().value(),
                reservation.instanceType(),
                reservation.zone(),
                reservation.total(),
                reservation.available(),
                reservation.used(),
                Optional.ofNullable(reservation.endDate())
                        .map(Instant::toString)
                        .orElse(null));
    }
}
