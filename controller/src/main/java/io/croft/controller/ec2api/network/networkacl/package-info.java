/** EC2's actions on network ACLs. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "network.networkacl"})
@NullMarked
package io.croft.controller.ec2api.network.networkacl;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
