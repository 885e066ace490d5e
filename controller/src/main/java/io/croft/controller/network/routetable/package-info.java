/**
 * Route tables: where the packets of subnets go that leave their VPC.
 *
 * <p>Owns the tables {@code route_table}, {@code route_table_association} and {@code route}. A change is one transaction under the VPC's row, with what its hosts are told.
 */
@ApplicationModule(
        allowedDependencies = {"context", "network.internetgateway", "network.onhost", "network.vpc", "quota", "tags"})
@NullMarked
package io.croft.controller.network.routetable;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
