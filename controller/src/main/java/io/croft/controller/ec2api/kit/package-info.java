/** What EC2's actions share: the service's name and limits, listings, tags and resource names on the wire. Owns nothing: see {@code ec2api}. */
@ApplicationModule(allowedDependencies = {"awsedge", "awsedge :: query", "context", "fleet", "tags"})
@NullMarked
package io.croft.controller.ec2api.kit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
