/** The tenants' routes to volumes. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"blockstorage.volume", "context", "restapi.kit", "restedge"})
@NullMarked
package io.croft.controller.restapi.blockstorage.volume;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
