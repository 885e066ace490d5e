/** The tenants' routes to network ACLs. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {"context", "restapi.kit", "restedge", "network.networkacl", "network.securitygroup"})
@NullMarked
package io.croft.controller.restapi.network.networkacl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
