/** EC2's actions that attach volumes to instances. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "blockstorage.attachment",
            "blockstorage.volume",
            "context",
            "ec2api.blockstorage.volume",
            "ec2api.kit"
        })
@NullMarked
package io.croft.controller.ec2api.blockstorage.attachment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
