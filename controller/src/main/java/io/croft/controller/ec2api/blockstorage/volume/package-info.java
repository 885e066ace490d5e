/** EC2's actions on volumes, and root disks as launches and images write them. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "blockstorage.volume", "context", "ec2api.kit", "fleet"})
@NullMarked
package io.croft.controller.ec2api.blockstorage.volume;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
