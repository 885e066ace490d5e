/** The tenants' routes to VPCs and subnets. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "network.vpc", "restapi.kit", "restedge"})
@NullMarked
package io.croft.controller.restapi.network.vpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
