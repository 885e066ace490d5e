/** EC2's actions on regions and zones. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "fleet"})
@NullMarked
package io.croft.controller.ec2api.fleet;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
