/** EC2's actions on security groups and their rules. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "fleet", "network.securitygroup"})
@NullMarked
package io.croft.controller.ec2api.network.securitygroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
