/** The tenants' routes to snapshots. Owns nothing: see {@code restapi}. */
@ApplicationModule(allowedDependencies = {"blockstorage.capture", "blockstorage.snapshot", "context", "restapi.kit"})
@NullMarked
package io.croft.controller.restapi.blockstorage.snapshot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
