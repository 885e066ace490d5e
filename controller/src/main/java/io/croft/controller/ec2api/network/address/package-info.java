/** EC2's actions on addresses. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit"})
@NullMarked
package io.croft.controller.ec2api.network.address;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
