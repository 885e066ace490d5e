package io.croft.controller.network.routetable;

import io.croft.controller.network.internetgateway.InternetGatewayTable;
import io.croft.controller.network.routetable.RouteTableRows.Association;
import io.croft.controller.network.routetable.RouteTableRows.Route;
import io.croft.controller.network.routetable.RouteTableRows.Row;
import io.croft.controller.network.vpc.VpcPart;
import io.croft.controller.network.vpc.VpcRoutes;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.protocol.RouteTableSpec;
import io.croft.types.Cidr;
import io.croft.types.InternetGatewayId;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The route tables of whole VPCs: the main one that each starts with, and what hosts are told of all. */
@Component
class VpcRouteTables implements VpcPart, VpcRoutes {
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private final RouteTableRows rows;
    private final InternetGatewayTable gateways;
    private final RandomGenerator random;

    VpcRouteTables(RouteTableRows rows, InternetGatewayTable gateways, RandomGenerator random) {
        this.rows = rows;
        this.gateways = gateways;
        this.random = random;
    }

    /** From a default VPC everything leaves, from any other one nothing. */
    @Override
    public void begin(Vpc vpc) {
        if (!rows.of(List.of(vpc.id())).isEmpty()) {
            return;
        }
        var main = new Row(RouteTableId.random(random), vpc.account(), vpc.id());
        rows.insert(main);
        rows.insert(new Association(RouteTableAssociationId.random(random), vpc.id(), main.id(), null));
        if (vpc.isDefault()) {
            var gateway = InternetGatewayId.random(random);
            gateways.insert(new InternetGatewayTable.Row(gateway, vpc.account(), vpc.id()));
            rows.insert(new Route(main.id(), EVERYWHERE, gateway.value()));
        }
    }

    @Override
    public boolean holds(VpcId vpc) {
        return rows.of(List.of(vpc)).size() > 1;
    }

    @Override
    public List<String> end(VpcId vpc) {
        return rows.clear(vpc);
    }

    @Override
    public Map<VpcId, Ways> of(Collection<VpcId> vpcs) {
        var tables = rows.of(vpcs);
        var associations = rows.associationsOf(vpcs);
        var routes = rows.routesOf(tables.stream().map(Row::id).toList()).stream()
                .collect(Collectors.groupingBy(Route::table));
        var attached = gateways.of(vpcs);
        var ways = new HashMap<VpcId, Ways>();
        for (var vpc : vpcs) {
            var own = associations.stream().filter(a -> a.vpc().equals(vpc)).toList();
            ways.put(
                    vpc,
                    new Ways(
                            attached.get(vpc),
                            tables.stream()
                                    .filter(t -> t.vpc().equals(vpc))
                                    .map(t -> spec(t, own, routes.getOrDefault(t.id(), List.of())))
                                    .toList(),
                            explicit(own)));
        }
        return ways;
    }

    private static RouteTableSpec spec(Row table, List<Association> associations, List<Route> routes) {
        var main = associations.stream()
                .anyMatch(a -> a.subnet() == null && a.table().equals(table.id()));
        return new RouteTableSpec(
                table.id(),
                main,
                routes.stream()
                        .map(r -> new RouteTableSpec.Route(r.destination(), r.target()))
                        .toList());
    }

    private static Map<SubnetId, RouteTableId> explicit(List<Association> associations) {
        var explicit = new HashMap<SubnetId, RouteTableId>();
        for (var association : associations) {
            if (association.subnet() != null) {
                explicit.put(association.subnet(), association.table());
            }
        }
        return explicit;
    }
}
