/** The tenants' routes to capacity reservations. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"compute.capacityreservation", "context", "restapi.kit", "restedge"})
@NullMarked
package io.croft.controller.restapi.compute.capacityreservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
