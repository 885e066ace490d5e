/** EC2's actions on tags. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "tags"})
@NullMarked
package io.croft.controller.ec2api.tags;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
