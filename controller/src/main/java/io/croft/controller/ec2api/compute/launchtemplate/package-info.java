/** EC2's actions on launch templates. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "compute.launchspec",
            "compute.launchtemplate",
            "context",
            "ec2api.compute.launch",
            "ec2api.compute.launchspec",
            "ec2api.kit"
        })
@NullMarked
package io.croft.controller.ec2api.compute.launchtemplate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
