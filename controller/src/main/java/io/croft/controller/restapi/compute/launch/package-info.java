/** The tenants' route to launches. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "compute.launch",
            "compute.operation",
            "context",
            "restapi.compute.launchspec",
            "restapi.compute.launchtemplate",
            "restapi.compute.operation",
            "restapi.kit",
            "compute.launchspec"
        })
@NullMarked
package io.croft.controller.restapi.compute.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
