/** The tenants' routes to network ACLs. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "restapi.kit", "network.networkacl"})
@NullMarked
package io.croft.controller.restapi.network.networkacl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
