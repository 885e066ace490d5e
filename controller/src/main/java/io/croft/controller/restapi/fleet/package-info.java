/** The tenants' routes to the region and its zones. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = "fleet")
@NullMarked
package io.croft.controller.restapi.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
