/** EC2's actions on placement groups. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "compute.launchspec",
            "compute.placementgroup",
            "context",
            "ec2api.kit",
            "fleet"
        })
@NullMarked
package io.croft.controller.ec2api.compute.placementgroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
