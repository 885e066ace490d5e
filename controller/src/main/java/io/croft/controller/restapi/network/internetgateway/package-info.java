/** The tenants' routes to internet gateways. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "restapi.kit", "network.internetgateway"})
@NullMarked
package io.croft.controller.restapi.network.internetgateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
