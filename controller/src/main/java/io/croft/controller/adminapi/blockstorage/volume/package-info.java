/** The operator's endpoints for every account's volumes. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"blockstorage.move", "blockstorage.volume", "fleet"})
@NullMarked
package io.croft.controller.adminapi.blockstorage.volume;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
