package io.croft.controller.network.vpc;

import io.croft.protocol.RouteTableSpec;
import io.croft.types.InternetGatewayId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What leads out of VPCs; the room that owns the route tables says it. */
public interface VpcRoutes {
    /** The ways out of each of the VPCs. */
    Map<VpcId, Ways> of(Collection<VpcId> vpcs);

    /**
     * A VPC's ways out.
     *
     * @param gateway the internet gateway that is attached to it; null for none
     * @param tables its route tables
     * @param explicit the tables of the subnets that do not have the main one
     */
    record Ways(
            @Nullable InternetGatewayId gateway, List<RouteTableSpec> tables, Map<SubnetId, RouteTableId> explicit) {
        public Ways {
            tables = List.copyOf(tables);
            explicit = Map.copyOf(explicit);
        }

        /** The table that says a subnet's ways out. */
        RouteTableSpec of(SubnetId subnet) {
            var own = explicit.get(subnet);
            return tables.stream()
                    .filter(t -> own == null ? t.main() : t.id().equals(own))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no route table of " + subnet));
        }
    }
}
