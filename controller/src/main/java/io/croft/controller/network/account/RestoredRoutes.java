package io.croft.controller.network.account;

import io.croft.controller.context.Instants;
import io.croft.controller.network.internetgateway.InternetGatewayTable;
import io.croft.controller.network.routetable.RouteTableRows;
import io.croft.controller.network.routetable.RouteTableRows.Association;
import io.croft.controller.network.routetable.RouteTableRows.Route;
import io.croft.controller.network.routetable.RouteTableRows.Row;
import io.croft.controller.network.vpc.VpcRoutes;
import io.croft.protocol.RouteTableSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcCidrAssociationId;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The blocks, the gateway and the route tables of a VPC after a restore: what its host was told of them. A host of before route tables was told nothing, and its VPC has what the database has, or what
 * every VPC starts with.
 */
@Component
class RestoredRoutes {
    private final JdbcClient jdbc;
    private final InternetGatewayTable gateways;
    private final RouteTableRows rows;
    private final VpcRoutes routes;
    private final Clock clock;
    private final RandomGenerator random;

    RestoredRoutes(
            JdbcClient jdbc,
            InternetGatewayTable gateways,
            RouteTableRows rows,
            VpcRoutes routes,
            Clock clock,
            RandomGenerator random) {
        this.jdbc = jdbc;
        this.gateways = gateways;
        this.rows = rows;
        this.routes = routes;
        this.clock = clock;
        this.random = random;
    }

    /** Makes sure that there are the VPC's further blocks, and, where the database has no table of it, its gateway and its tables. */
    void ensure(VpcSpec vpc) {
        var tables = vpc.routeTables();
        if (tables == null) {
            return;
        }
        vpc.allCidrs().stream()
                .skip(1)
                .forEach(block -> jdbc.sql("""
                        INSERT INTO vpc_cidr (id, vpc, account, cidr, created) VALUES (:id, :vpc, :account, :cidr, :now)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("id", VpcCidrAssociationId.random(random).value())
                        .param("vpc", vpc.id().value())
                        .param("account", vpc.account().value())
                        .param("cidr", block.value())
                        .param("now", Instants.column(clock.instant()))
                        .update());
        if (known(vpc).tables().isEmpty()) {
            make(vpc, tables);
        }
    }

    private VpcRoutes.Ways known(VpcSpec vpc) {
        return Objects.requireNonNull(routes.of(List.of(vpc.id())).get(vpc.id()));
    }

    private void make(VpcSpec vpc, List<RouteTableSpec> tables) {
        if (vpc.internetGateway() != null) {
            gateways.insert(new InternetGatewayTable.Row(vpc.internetGateway(), vpc.account(), null));
            gateways.attach(vpc.internetGateway(), vpc.id());
        }
        for (var table : tables) {
            rows.insert(new Row(table.id(), vpc.account(), vpc.id()));
            if (table.main()) {
                associate(vpc, table.id(), null);
            }
            table.routes().forEach(r -> rows.insert(new Route(table.id(), r.destination(), r.target())));
        }
    }

    private void associate(VpcSpec vpc, RouteTableId table, @Nullable SubnetId subnet) {
        rows.insert(new Association(RouteTableAssociationId.random(random), vpc.id(), table, subnet));
    }

    /** Makes sure that subnets that are there now have the tables of which their host was told, where they have no other. */
    void ensureAssociations(VpcSpec vpc) {
        if (vpc.routeTables() == null) {
            return;
        }
        var there = known(vpc);
        var tables = there.tables().stream().map(RouteTableSpec::id).collect(Collectors.toSet());
        wanted(vpc).forEach((subnet, table) -> {
            if (!there.explicit().containsKey(subnet) && tables.contains(table) && exists(subnet)) {
                associate(vpc, table, subnet);
            }
        });
    }

    private boolean exists(SubnetId subnet) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM subnet WHERE id = :id)")
                .param("id", subnet.value())
                .query(Boolean.class)
                .single();
    }

    /** Makes the VPC's gateway and its tables all and just what its host was told. */
    void set(VpcSpec vpc) {
        var tables = vpc.routeTables();
        if (tables != null && !agree(vpc)) {
            rows.clear(vpc.id());
            var attached = gateways.of(List.of(vpc.id())).get(vpc.id());
            if (attached != null) {
                gateways.attach(attached, null);
            }
            make(vpc, tables);
            ensureAssociations(vpc);
        }
    }

    /** Whether the database has the VPC's gateway and tables as its host was told of them, if it was. */
    boolean agree(VpcSpec vpc) {
        if (vpc.routeTables() == null) {
            return true;
        }
        var there = known(vpc);
        return Objects.equals(there.gateway(), vpc.internetGateway())
                && folded(there.tables()).equals(folded(vpc.routeTables()))
                && there.explicit().equals(wanted(vpc));
    }

    /** Whatever the order of the routes. */
    private static Set<Map.Entry<RouteTableId, Map.Entry<Boolean, Set<RouteTableSpec.Route>>>> folded(
            List<RouteTableSpec> tables) {
        return tables.stream()
                .map(t -> Map.entry(t.id(), Map.entry(t.main(), Set.copyOf(t.routes()))))
                .collect(Collectors.toSet());
    }

    /** The tables of those subnets that have another than the main one. */
    private static Map<SubnetId, RouteTableId> wanted(VpcSpec vpc) {
        var mains = new HashSet<RouteTableId>();
        Objects.requireNonNullElse(vpc.routeTables(), List.<RouteTableSpec>of()).stream()
                .filter(RouteTableSpec::main)
                .forEach(t -> mains.add(t.id()));
        var wanted = new HashMap<SubnetId, RouteTableId>();
        for (SubnetSpec subnet : vpc.allSubnets()) {
            if (subnet.routeTable() != null && !mains.contains(subnet.routeTable())) {
                wanted.put(subnet.id(), subnet.routeTable());
            }
        }
        return wanted;
    }
}
