/** The tenants' routes to tags. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "restapi.kit", "restedge", "tags"})
@NullMarked
package io.croft.controller.restapi.tags;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
