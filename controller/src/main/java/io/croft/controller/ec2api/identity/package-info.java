/** EC2's actions on accounts and users. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "quota", "network.eni", "network.vpc"})
@NullMarked
package io.croft.controller.ec2api.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
