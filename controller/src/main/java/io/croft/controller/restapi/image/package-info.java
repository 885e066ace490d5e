/** The tenants' routes to images. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.volume",
            "context",
            "image",
            "restapi.compute.launchspec",
            "restapi.kit",
            "restedge"
        })
@NullMarked
package io.croft.controller.restapi.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
