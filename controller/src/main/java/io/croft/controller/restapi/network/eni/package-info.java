/** The tenants' routes to network interfaces. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "compute.instance",
            "context",
            "restapi.kit",
            "restedge",
            "network.eni",
            "network.securitygroup"
        })
@NullMarked
package io.croft.controller.restapi.network.eni;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
