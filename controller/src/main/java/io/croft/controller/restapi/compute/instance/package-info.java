/** The tenants' routes to instances. Owns nothing: see {@code restapi}. */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.volume",
            "compute.instance",
            "compute.launchspec",
            "compute.operation",
            "compute.status",
            "context",
            "restapi.compute.launchspec",
            "restapi.compute.operation",
            "restapi.kit",
            "restapi.network.eni",
            "restedge",
            "network.eni"
        })
@NullMarked
package io.croft.controller.restapi.compute.instance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
