/** The tenants' routes to volumes. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"blockstorage", "context", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.blockstorage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
