/** EC2's actions on key pairs. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "keypair"})
@NullMarked
package io.croft.controller.ec2api.keypair;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
