/** The tenants' routes to launch templates. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "compute.launchtemplate",
            "context",
            "restapi.compute.launchspec",
            "restapi.kit",
            "restedge"
        })
@NullMarked
package io.croft.controller.restapi.compute.launchtemplate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
