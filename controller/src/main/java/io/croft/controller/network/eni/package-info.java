/**
 * Network interfaces, for the module that owns the instances.
 *
 * <p>Owns the tables {@code network_interface}, {@code network_interface_attachment}, {@code network_interface_placement} and {@code network_interface_group}. Rows, addresses and documents change in one transaction; an interface is gone once its host has proved it.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "fleet",
            "hostlink",
            "network.address",
            "network.onhost",
            "network.securitygroup",
            "network.vpc",
            "quota",
            "recovery",
            "tags"
        })
@NullMarked
package io.croft.controller.network.eni;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
