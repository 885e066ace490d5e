/**
 * Instances, their launch templates and placement groups; the use cases that span modules and whose noun is the instance.
 *
 * <p>Owns the tables {@code instance}, {@code vm}, {@code instance_console}, {@code placement_group},
 * {@code launch_template} and {@code launch_template_version}. A launch, a stop and a termination are one transaction each; the hosts' reports move the states on
 * by guarded updates, so a report seen twice, late or by two controllers changes nothing twice.
 * Whatever no report moves on has a deadline and a reconciler.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "tags",
            "history",
            "identity",
            "quota",
            "fleet",
            "hostlink",
            "recovery",
            "instancetype",
            "keypair",
            "image",
            "blockstorage",
            "network",
            "placement"
        })
@NullMarked
package io.croft.controller.compute;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
