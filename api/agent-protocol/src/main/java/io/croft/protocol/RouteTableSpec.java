package io.croft.protocol;

import io.croft.types.Cidr;
import io.croft.types.RouteTableId;
import java.util.List;

/**
 * A route table of a VPC.
 *
 * @param main whether the VPC's subnets have it that have no other
 * @param routes where packets go that leave the VPC, by the longest prefix; what no route names goes nowhere
 */
public record RouteTableSpec(RouteTableId id, boolean main, List<Route> routes) {
    public RouteTableSpec {
        routes = List.copyOf(routes);
    }

    /**
     * A way out.
     *
     * @param target the id of what it leads to; where that is not there, or is of a kind that a host does not know, packets go nowhere
     */
    public record Route(Cidr destination, String target) {}
}
