/** The tenants' routes to placement groups. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"compute.launchspec", "compute.placementgroup", "context", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.compute.placementgroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
