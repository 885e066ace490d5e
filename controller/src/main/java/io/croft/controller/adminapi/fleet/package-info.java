/** The operator's endpoints for hosts. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"compute.instance", "context", "fleet"})
@NullMarked
package io.croft.controller.adminapi.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
