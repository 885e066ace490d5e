/** EC2's actions on instance types. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "instancetype"})
@NullMarked
package io.croft.controller.ec2api.instancetype;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
