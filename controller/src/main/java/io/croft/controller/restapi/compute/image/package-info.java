/** The tenants' route to images of instances. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "compute.image",
            "context",
            "image",
            "restapi.compute.launchspec",
            "restapi.image",
            "restapi.kit"
        })
@NullMarked
package io.croft.controller.restapi.compute.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
