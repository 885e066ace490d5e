package io.croft.rest.tenant.network.routetable;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A route table.
 *
 * @param main whether the VPC's subnets have it that have no other
 * @param routes where packets go, by the longest prefix; those inside the VPC first
 * @param associations whose table it is
 */
public record RouteTable(
        String routeTableId,
        String vpcId,
        boolean main,
        List<Route> routes,
        List<Association> associations,
        Map<String, String> tags) {
    public RouteTable {
        routes = List.copyOf(routes);
        associations = List.copyOf(associations);
    }

    /**
     * A route.
     *
     * @param destination the addresses that it is for
     * @param target the id of what it leads to, or `local` for the inside of the VPC
     * @param state `active`, or `blackhole` where its target is not there
     */
    public record Route(String destination, String target, String state) {}

    /**
     * Whose table it is.
     *
     * @param associationId its id
     * @param subnetId null for all of the VPC's subnets that have no other
     */
    public record Association(
            String associationId, @Nullable String subnetId) {}
}
