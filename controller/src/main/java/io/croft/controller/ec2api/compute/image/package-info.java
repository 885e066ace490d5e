/** EC2's CreateImage. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {"awsedge", "compute.image", "context", "ec2api.blockstorage.volume", "ec2api.kit", "tags"
        })
@NullMarked
package io.croft.controller.ec2api.compute.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
