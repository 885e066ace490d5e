/**
 * VPCs, their subnets and their names. What else a VPC comes and goes with, the rooms above say ({@code VpcPart}), and what leads out of it ({@code VpcRoutes}) and crosses its subnets' borders ({@code VpcAcls}), too.
 *
 * <p>Owns the tables {@code vpc}, {@code vpc_cidr} and {@code subnet}. A change is one transaction under the VPC's row, with what its hosts are told; a launch holds its subnet's row, so none is deleted under it.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "fleet",
            "identity",
            "network.address",
            "network.onhost",
            "quota",
            "recovery",
            "tags"
        })
@NullMarked
package io.croft.controller.network.vpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
