/** EC2's actions on snapshots. Owns nothing: see {@code ec2api}. */
@ApplicationModule(
        allowedDependencies = {"awsedge", "blockstorage.capture", "blockstorage.snapshot", "context", "ec2api.kit"})
@NullMarked
package io.croft.controller.ec2api.blockstorage.snapshot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
