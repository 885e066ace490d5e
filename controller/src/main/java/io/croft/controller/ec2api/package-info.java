/**
 * EC2's API over the modules: a class per noun, a method per action, and the renderings of what they answer.
 *
 * <p>Owns no state and no rule of the domain: it reads a request, calls one use case, writes the answer. What makes a repeated or interrupted request safe is the
 * use case's one transaction and its client token.
 */
@ApplicationModule(
        allowedDependencies = {
            "awsedge",
            "context",
            "tags",
            "image",
            "identity",
            "fleet",
            "network",
            "blockstorage",
            "instancetype",
            "keypair",
            "compute",
            "compute :: launchspec",
            "quota"
        })
@NullMarked
package io.croft.controller.ec2api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
