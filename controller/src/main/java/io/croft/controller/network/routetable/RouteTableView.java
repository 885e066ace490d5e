package io.croft.controller.network.routetable;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route table as its owner sees it.
 *
 * @param routes those inside the VPC first
 */
public record RouteTableView(
        RouteTableId id,
        AccountId owner,
        VpcId vpc,
        List<Route> routes,
        List<Association> associations,
        Map<String, String> tags) {
    public RouteTableView {
        routes = List.copyOf(routes);
        associations = List.copyOf(associations);
    }

    /**
     * A route.
     *
     * @param target the id of what it leads to; null for the inside of the VPC
     * @param active whether its target is there
     */
    public record Route(Cidr destination, @Nullable String target, boolean active) {
        public boolean local() {
            return target == null;
        }
    }

    /**
     * Whose table it is.
     *
     * @param subnet null for all of the VPC's subnets that have no other
     */
    public record Association(
            RouteTableAssociationId id, @Nullable SubnetId subnet) {
        public boolean main() {
            return subnet == null;
        }
    }
}
