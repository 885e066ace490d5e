/**
 * Addresses: the private ones of subnets and the public ones of the pool.
 *
 * <p>Owns the tables {@code private_address} and {@code public_address}. Addresses are claimed by unique constraints, so two requests can never get the same one, and one is free again only once
 * the host has proved its interface gone.
 */
@ApplicationModule(allowedDependencies = "context")
@NullMarked
package io.croft.controller.network.address;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
