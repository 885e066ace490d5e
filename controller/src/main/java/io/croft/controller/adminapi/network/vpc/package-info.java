/** The operator's endpoints for the DNS zone of public names. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = "network.vpc")
@NullMarked
package io.croft.controller.adminapi.network.vpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
