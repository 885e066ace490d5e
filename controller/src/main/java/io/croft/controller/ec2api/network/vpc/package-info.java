/** EC2's actions on VPCs and subnets. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "fleet", "network.vpc"})
@NullMarked
package io.croft.controller.ec2api.network.vpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
