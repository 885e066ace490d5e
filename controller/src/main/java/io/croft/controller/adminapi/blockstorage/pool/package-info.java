/** The operator's endpoint for the hosts' storage pools. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"blockstorage.pool"})
@NullMarked
package io.croft.controller.adminapi.blockstorage.pool;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
