/** The tenants' routes to route tables. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "restapi.kit", "network.routetable"})
@NullMarked
package io.croft.controller.restapi.network.routetable;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
