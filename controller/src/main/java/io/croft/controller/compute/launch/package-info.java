/**
 * Launches, from a request or from a launch template.
 *
 * <p>Owns no table: a launch is one transaction of what instances, volumes, interfaces and placement groups keep, told apart from its repeat by the client's token, so that all of it happens, once, or none.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.pool",
            "blockstorage.snapshot",
            "blockstorage.volume",
            "compute.instance",
            "compute.capacityreservation",
            "compute.launchspec",
            "compute.launchtemplate",
            "compute.placementgroup",
            "context",
            "fleet",
            "history",
            "image",
            "instancetype",
            "keypair",
            "placement",
            "quota",
            "tags",
            "network.address",
            "network.eni"
        })
@NullMarked
package io.croft.controller.compute.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
