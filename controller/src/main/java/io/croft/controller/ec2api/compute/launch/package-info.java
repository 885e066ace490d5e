/** EC2's RunInstances. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "compute.launch",
            "compute.launchspec",
            "context",
            "ec2api.blockstorage.volume",
            "ec2api.compute.instance",
            "ec2api.compute.launchspec",
            "ec2api.kit"
        })
@NullMarked
package io.croft.controller.ec2api.compute.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
