/** The tenants' routes to images. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"context", "image", "restapi.kit", "restedge"})
@NullMarked
package io.croft.controller.restapi.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
