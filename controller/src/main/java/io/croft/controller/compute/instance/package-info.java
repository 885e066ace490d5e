/**
 * Instances: their rows, their machines on hosts, and the states that both go through.
 *
 * <p>Owns the tables {@code instance} and {@code vm}. A start, a stop and a termination are one transaction each; the hosts' reports move the states on
 * by guarded updates, so a report seen twice, late or by two controllers changes nothing twice. Whatever no report moves on has a deadline and a reconciler.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.volume",
            "compute.capacityreservation",
            "compute.launchspec",
            "compute.placementgroup",
            "compute.steps",
            "context",
            "fleet",
            "history",
            "hostlink",
            "identity",
            "instancetype",
            "placement",
            "quota",
            "recovery",
            "tags",
            "network.eni",
            "network.securitygroup",
            "network.vpc"
        })
@NullMarked
package io.croft.controller.compute.instance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
