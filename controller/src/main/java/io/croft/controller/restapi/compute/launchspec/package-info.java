/** What a launch is to be, as REST writes it. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {"blockstorage.volume", "compute.launchspec", "context", "restapi.kit", "tags"})
@NullMarked
package io.croft.controller.restapi.compute.launchspec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
