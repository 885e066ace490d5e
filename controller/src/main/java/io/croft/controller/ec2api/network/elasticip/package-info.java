/** EC2's actions on elastic addresses. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "fleet", "network.elasticip"})
@NullMarked
package io.croft.controller.ec2api.network.elasticip;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
