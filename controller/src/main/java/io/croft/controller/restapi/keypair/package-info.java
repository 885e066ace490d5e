/** The tenants' routes to key pairs. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "keypair", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.keypair;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
