/**
 * Capacity reservations: room for instances of a type in a zone, kept whether there are any or not.
 *
 * <p>Owns the table {@code capacity_reservation}. What is set aside are claims on hosts in the reservation's pool ({@code fleet.ClaimPools}), so no launch but one that may draw of them takes them, and no
 * count is kept twice. Whoever draws, adds or ends holds the reservation's row. What was set aside on a host that takes no instances moves to another once one has room, until when it is not told as available;
 * {@code ReservationUpkeep} sees to it and to end dates, reads the rows anew each time, and makes each reservation its own transaction, so it may run twice at once or stop anywhere.
 */
@ApplicationModule(
        allowedDependencies = {
            "compute.launchspec",
            "context",
            "fleet",
            "history",
            "identity",
            "instancetype",
            "placement",
            "quota",
            "recovery",
            "tags"
        })
@NullMarked
package io.croft.controller.compute.capacityreservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
