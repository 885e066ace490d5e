/**
 * VPCs, subnets, addresses, interfaces and security groups, and what hosts are told of them.
 *
 * <p>Owns the tables {@code vpc}, {@code subnet}, {@code network_interface}, {@code private_address}, {@code public_address}, {@code security_group}
 * and those beside them. Addresses are claimed by unique constraints, so two requests can never get the same one. Every document for a host is put in the
 * transaction that changes the row, and an address is free again only once the host has proved its interface gone: cut in half, either all
 * of it happened or none.
 */
@ApplicationModule(
        allowedDependencies = {"context", "tags", "history", "identity", "quota", "fleet", "hostlink", "recovery"})
@NullMarked
package io.croft.controller.network;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
