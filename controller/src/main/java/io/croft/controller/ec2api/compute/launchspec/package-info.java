/** What a launch is to be, as RunInstances and launch templates write it. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "blockstorage.volume",
            "compute.instance",
            "compute.launchspec",
            "compute.launchtemplate",
            "context",
            "ec2api.blockstorage.volume",
            "ec2api.kit",
            "tags"
        })
@NullMarked
package io.croft.controller.ec2api.compute.launchspec;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
