/** The tenants' routes to instance types. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "instancetype", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.instancetype;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
