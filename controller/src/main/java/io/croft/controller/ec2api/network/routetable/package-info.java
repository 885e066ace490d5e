/** EC2's actions on route tables. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "network.routetable"})
@NullMarked
package io.croft.controller.ec2api.network.routetable;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
