/**
 * VPCs, their subnets and their names.
 *
 * <p>Owns the tables {@code vpc} and {@code subnet}. A change is one transaction under the VPC's row, with what its hosts are told.
 */
@ApplicationModule(allowedDependencies = {"context", "fleet", "network.address", "network.onhost", "recovery", "tags"})
@NullMarked
package io.croft.controller.network.vpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
