/** The operator's endpoint for every account's capacity reservations. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = "compute.capacityreservation")
@NullMarked
package io.croft.controller.adminapi.compute.capacityreservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
