/** EC2's actions on internet gateways. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "context", "ec2api.kit", "network.internetgateway"})
@NullMarked
package io.croft.controller.ec2api.network.internetgateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
