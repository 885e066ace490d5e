/** The operator's endpoints for every account's snapshots and their store. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = "blockstorage.snapshot")
@NullMarked
package io.croft.controller.adminapi.blockstorage.snapshot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
