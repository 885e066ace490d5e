/** EC2's actions on capacity reservations. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "compute.capacityreservation",
            "compute.instance",
            "compute.launchspec",
            "context",
            "ec2api.compute.launchspec",
            "ec2api.kit",
            "fleet"
        })
@NullMarked
package io.croft.controller.ec2api.compute.capacityreservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
