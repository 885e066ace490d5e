/** The tenants' routes to elastic addresses. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "network.elasticip", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.network.elasticip;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
