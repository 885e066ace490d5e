/**
 * Internet gateways: what a VPC's routes must lead to for anything to leave it.
 *
 * <p>Owns the table {@code internet_gateway}. A change is one transaction under the gateway's row, and the VPC's where it is attached or detached, with what the VPC's hosts are told.
 */
@ApplicationModule(allowedDependencies = {"context", "network.onhost", "network.vpc", "quota", "tags"})
@NullMarked
package io.croft.controller.network.internetgateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
