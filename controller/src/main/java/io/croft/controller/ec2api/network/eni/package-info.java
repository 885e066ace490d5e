/** EC2's actions on network interfaces. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "compute.instance",
            "context",
            "ec2api.kit",
            "fleet",
            "network.eni",
            "network.securitygroup"
        })
@NullMarked
package io.croft.controller.ec2api.network.eni;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
