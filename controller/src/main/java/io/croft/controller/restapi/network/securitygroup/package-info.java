/** The tenants' routes to security groups and their rules. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "restapi.kit", "restedge", "network.securitygroup"})
@NullMarked
package io.croft.controller.restapi.network.securitygroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
