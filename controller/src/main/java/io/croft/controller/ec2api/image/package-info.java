/** EC2's actions on AMIs. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "context",
            "ec2api.blockstorage.volume",
            "ec2api.kit",
            "fleet",
            "identity",
            "image",
            "blockstorage.snapshot",
            "blockstorage.volume"
        })
@NullMarked
package io.croft.controller.ec2api.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
