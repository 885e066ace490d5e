/** EC2's actions on instances that exist. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "blockstorage.volume",
            "compute.instance",
            "compute.launchspec",
            "compute.operation",
            "compute.status",
            "context",
            "ec2api.compute.launchspec",
            "ec2api.image",
            "ec2api.kit",
            "ec2api.network.eni",
            "fleet",
            "network.eni"
        })
@NullMarked
package io.croft.controller.ec2api.compute.instance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
