/**
 * What a launch is to be: as far as it is said ({@link io.croft.controller.compute.launchspec.LaunchSpec}), and whole
 * ({@link io.croft.controller.compute.launchspec.LaunchRequest}); and the rules that either keeps.
 *
 * <p>The lowest of compute: the edges read and write it, launch templates keep it, launches are made of it, and it knows none of them. Owns no state: all of it is
 * values, so nothing can be cut in half.
 */
@ApplicationModule(allowedDependencies = {"blockstorage.volume", "context", "instancetype", "tags"})
@NullMarked
package io.croft.controller.compute.launchspec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
