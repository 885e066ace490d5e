/** The tenants' routes to their account, users and access keys. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"audit", "context", "identity", "quota", "restapi.kit", "restedge"})
@NullMarked
package io.croft.controller.restapi.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
