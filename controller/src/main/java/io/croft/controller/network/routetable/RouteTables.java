package io.croft.controller.network.routetable;

import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.network.internetgateway.InternetGatewayTable;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.routetable.RouteTableRows.Association;
import io.croft.controller.network.routetable.RouteTableRows.Route;
import io.croft.controller.network.routetable.RouteTableRows.Row;
import io.croft.controller.network.vpc.CidrText;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.InternetGatewayId;
import io.croft.types.ResourceType;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The account's route tables. Each VPC has a main one, which its subnets have that are given no other. The inside of the VPC is in every table and cannot be led elsewhere.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html">Configure route tables</a>
 */
@Component
public class RouteTables {
    private static final Cidr LINK_LOCAL = new Cidr("169.254.0.0/16");
    private static final String ASSOCIATIONS = " FROM route_table_association a WHERE a.route_table = rt.id";
    private static final String BLOCKS =
            "SELECT v.cidr FROM vpc v WHERE v.id = rt.vpc UNION ALL SELECT b.cidr FROM vpc_cidr b WHERE b.vpc = rt.vpc";
    private static final String ROUTES = " FROM route r WHERE r.route_table = rt.id";
    private static final Noun NOUN = Noun.of(ResourceType.ROUTE_TABLE, "route_table rt", RouteTables::filters);

    private final RouteTableRows rows;
    private final InternetGatewayTable gateways;
    private final VpcTable vpcs;
    private final NetworkDocuments told;
    private final Quotas quotas;
    private final ClientTokens tokens;
    private final Tags tags;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    RouteTables(
            RouteTableRows rows,
            InternetGatewayTable gateways,
            VpcTable vpcs,
            NetworkDocuments told,
            Quotas quotas,
            ClientTokens tokens,
            Tags tags,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.rows = rows;
        this.gateways = gateways;
        this.vpcs = vpcs;
        this.told = told;
        this.quotas = quotas;
        this.tokens = tokens;
        this.tags = tags;
        this.jdbc = jdbc;
        this.random = random;
    }

    private static Listing filters(Listing tables) {
        return tables.filterNone("association.gateway-id")
                .filterAny("association.route-table-association-id", "SELECT a.id" + ASSOCIATIONS)
                .filterAny("association.route-table-id", "SELECT a.route_table" + ASSOCIATIONS)
                .filterAny("association.subnet-id", "SELECT a.subnet" + ASSOCIATIONS)
                .filterAny("association.main", "SELECT (a.subnet IS NULL)::text" + ASSOCIATIONS)
                .filter("owner-id", "rt.account")
                .filter("route-table-id", "rt.id")
                .filterAny("route.destination-cidr-block", BLOCKS + " UNION ALL SELECT r.destination" + ROUTES)
                .filterAny("route.gateway-id", "SELECT 'local' UNION ALL SELECT r.target" + ROUTES)
                .filterAny("route.origin", "SELECT 'CreateRouteTable' UNION ALL SELECT 'CreateRoute'" + ROUTES)
                .filterAny(
                        "route.state",
                        "SELECT 'active' UNION ALL SELECT CASE WHEN EXISTS (SELECT FROM internet_gateway g"
                                + " WHERE g.id = r.target AND g.vpc = rt.vpc) THEN 'active' ELSE 'blackhole' END"
                                + ROUTES)
                .filterNone(
                        "route.destination-ipv6-cidr-block",
                        "route.destination-prefix-list-id",
                        "route.egress-only-internet-gateway-id",
                        "route.instance-id",
                        "route.nat-gateway-id",
                        "route.transit-gateway-id",
                        "route.vpc-peering-connection-id")
                .filter("vpc-id", "rt.vpc");
    }

    @Bean
    static Noun routeTableNoun() {
        return NOUN;
    }

    /** Lists route tables. */
    @Transactional(readOnly = true)
    public Page<RouteTableView> describe(Caller caller, Query query) {
        var page = NOUN.page(jdbc, caller, query, rows::load, Row::id);
        var homes = page.items().stream().map(Row::vpc).distinct().toList();
        var blocks = vpcs.cidrsOf(homes);
        var attached = gateways.of(homes);
        var associations = rows.associationsOf(homes).stream().collect(Collectors.groupingBy(Association::table));
        var routes = rows.routesOf(page.items().stream().map(Row::id).toList()).stream()
                .collect(Collectors.groupingBy(Route::table));
        return tags.onto(
                page,
                Row::id,
                (row, own) -> new RouteTableView(
                        row.id(),
                        row.account(),
                        row.vpc(),
                        Stream.concat(
                                        blocks.getOrDefault(row.vpc(), List.of()).stream()
                                                .map(b -> new RouteTableView.Route(b, null, true)),
                                        routes.getOrDefault(row.id(), List.of()).stream()
                                                .map(r -> view(r, attached.get(row.vpc()))))
                                .toList(),
                        associations.getOrDefault(row.id(), List.of()).stream()
                                .map(a -> new RouteTableView.Association(a.id(), a.subnet()))
                                .toList(),
                        own));
    }

    private static RouteTableView.Route view(Route route, @Nullable InternetGatewayId attached) {
        return new RouteTableView.Route(
                route.destination(),
                route.target(),
                attached != null && attached.value().equals(route.target()));
    }

    /**
     * Makes a route table that no subnet has yet.
     *
     * @param token by which a repeated request is known; null for none
     * @throws CloudException InvalidVpcID.NotFound, RouteTableLimitExceeded, IdempotentParameterMismatch
     */
    @Transactional
    public RouteTableId create(Caller caller, VpcId vpc, Map<String, String> tableTags, @Nullable String token) {
        var asked = new ParameterHash().add(vpc.value()).addMap(tableTags);
        var use = new ClientTokens.Use(caller, "CreateRouteTable", token, asked.hex());
        return tokens.once(
                use,
                () -> create(caller, vpc, tableTags),
                id -> List.of(id.value()),
                made -> new RouteTableId(made.getFirst()));
    }

    private RouteTableId create(Caller caller, VpcId vpc, Map<String, String> tableTags) {
        quotas.require(caller.account(), Map.of());
        if (vpcs.lock(caller.account(), vpc).isEmpty()) {
            throw CloudException.missing(ResourceType.VPC, List.of(vpc.value()));
        }
        quotas.requireRoom(
                caller.account(),
                Quota.ROUTE_TABLES_PER_VPC,
                rows.of(List.of(vpc)).size(),
                1);
        var id = RouteTableId.random(random);
        rows.insert(new Row(id, caller.account(), vpc));
        tags.attach(caller.account(), Map.of(id.value(), tableTags));
        return id;
    }

    /**
     * Deletes a table that no subnet has.
     *
     * @throws CloudException InvalidRouteTableID.NotFound, DependencyViolation
     */
    @Transactional
    public void delete(Caller caller, RouteTableId id) {
        var table = lock(caller, id);
        if (rows.associationsOf(List.of(table.vpc())).stream()
                .anyMatch(a -> a.table().equals(id))) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION,
                    "The routeTable '" + id + "' has dependencies and cannot be deleted.");
        }
        rows.delete(id);
        tags.drop(List.of(id.value()));
        told.changed(VpcDocuments.key(table.vpc()));
    }

    /**
     * Lets packets leave for a destination.
     *
     * @param destination bits beyond its prefix count for nothing
     * @throws CloudException InvalidRouteTableID.NotFound, RouteAlreadyExists, RouteLimitExceeded, InvalidGatewayID.NotFound, InvalidParameterValue for what is no block, one inside the VPC, or a
     *     gateway that is not in the table's VPC
     */
    @Transactional
    public void createRoute(Caller caller, RouteTableId id, String destination, InternetGatewayId gateway) {
        route(caller, id, destination, gateway, route -> {
            quotas.requireRoom(
                    caller.account(),
                    Quota.ROUTES_PER_ROUTE_TABLE,
                    rows.routesOf(List.of(id)).size(),
                    1);
            if (!rows.insert(route)) {
                throw new CloudException(
                        ErrorCode.ROUTE_EXISTS, "The route identified by " + route.destination() + " already exists.");
            }
        });
    }

    /**
     * Lets a route lead elsewhere.
     *
     * @throws CloudException as {@link #createRoute}; InvalidParameterValue where there is none
     */
    @Transactional
    public void replaceRoute(Caller caller, RouteTableId id, String destination, InternetGatewayId gateway) {
        route(caller, id, destination, gateway, route -> {
            if (!rows.update(route)) {
                throw invalid("There is no route defined for '" + route.destination()
                        + "' in the route table. Use CreateRoute instead.");
            }
        });
    }

    private void route(
            Caller caller, RouteTableId id, String destination, InternetGatewayId gateway, Consumer<Route> change) {
        var to = CidrText.read(destination);
        var table = lock(caller, id);
        if (vpcs.cidrsOf(List.of(table.vpc())).getOrDefault(table.vpc(), List.of()).stream()
                .anyMatch(b -> b.contains(to))) {
            throw invalid("The destination CIDR block " + to + " is equal to or more specific than one of this VPC's"
                    + " CIDR blocks. This route can target only an interface or an instance.");
        }
        if (LINK_LOCAL.contains(to)) {
            throw invalid("The destination CIDR block " + to + " is link-local and leaves no VPC");
        }
        if (!gateways.exists(caller.account(), gateway)) {
            throw CloudException.missing(
                    ErrorCode.GATEWAY_NOT_FOUND,
                    Listing.sentence("gateway ID", List.of(gateway.value())),
                    List.of(gateway.value()));
        }
        if (!gateway.equals(gateways.of(List.of(table.vpc())).get(table.vpc()))) {
            throw invalid("route table " + id + " and network gateway " + gateway + " belong to different networks");
        }
        change.accept(new Route(id, to, gateway.value()));
        told.changed(VpcDocuments.key(table.vpc()));
    }

    /**
     * Takes a route away.
     *
     * @throws CloudException InvalidRouteTableID.NotFound, InvalidRoute.NotFound, InvalidParameterValue for the inside of the VPC
     */
    @Transactional
    public void deleteRoute(Caller caller, RouteTableId id, String destination) {
        var to = CidrText.read(destination);
        var table = lock(caller, id);
        if (vpcs.cidrsOf(List.of(table.vpc()))
                .getOrDefault(table.vpc(), List.of())
                .contains(to)) {
            throw invalid("cannot remove local route " + to + " in route table " + id);
        }
        if (!rows.delete(id, to)) {
            throw CloudException.missing(
                    ErrorCode.ROUTE_NOT_FOUND,
                    "no route with destination-cidr-block " + to + " in route table " + id,
                    List.of(to.value()));
        }
        told.changed(VpcDocuments.key(table.vpc()));
    }

    /**
     * Gives a subnet a table instead of the main one.
     *
     * @throws CloudException InvalidRouteTableID.NotFound, InvalidSubnetID.NotFound, Resource.AlreadyAssociated, InvalidParameterValue for one of another VPC
     */
    @Transactional
    public RouteTableAssociationId associate(Caller caller, RouteTableId id, SubnetId subnet) {
        var table = lock(caller, id);
        var home = vpcs.holdSubnets(caller.account(), List.of(subnet)).stream()
                .findFirst()
                .orElseThrow(() -> CloudException.missing(ResourceType.SUBNET, List.of(subnet.value())))
                .vpc();
        if (!home.equals(table.vpc())) {
            throw invalid("Route table " + id + " and subnet " + subnet + " belong to different networks");
        }
        if (rows.associationsOf(List.of(home)).stream().anyMatch(a -> subnet.equals(a.subnet()))) {
            throw new CloudException(
                    ErrorCode.ALREADY_ATTACHED,
                    "the specified association for route table " + id + " conflicts with an existing association");
        }
        return associate(table, subnet);
    }

    private RouteTableAssociationId associate(Row table, @Nullable SubnetId subnet) {
        var association = new Association(RouteTableAssociationId.random(random), table.vpc(), table.id(), subnet);
        rows.insert(association);
        told.changed(VpcDocuments.key(table.vpc()));
        return association.id();
    }

    /**
     * Gives a subnet the main table again.
     *
     * @throws CloudException InvalidAssociationID.NotFound, InvalidParameterValue for the main table's own association
     */
    @Transactional
    public void disassociate(Caller caller, RouteTableAssociationId id) {
        var association = lock(caller, id);
        if (association.subnet() == null) {
            throw invalid("cannot disassociate the main route table association " + id);
        }
        rows.delete(id);
        told.changed(VpcDocuments.key(association.vpc()));
    }

    /**
     * Gives a subnet another table, or the VPC another main one.
     *
     * @return the new association's id
     * @throws CloudException InvalidAssociationID.NotFound, InvalidRouteTableID.NotFound, InvalidParameterValue for one of another VPC
     */
    @Transactional
    public RouteTableAssociationId replaceAssociation(Caller caller, RouteTableAssociationId id, RouteTableId with) {
        var association = lock(caller, id);
        var table = rows.find(caller.account(), with)
                .orElseThrow(() -> CloudException.missing(ResourceType.ROUTE_TABLE, List.of(with.value())));
        if (!table.vpc().equals(association.vpc())) {
            throw invalid("Route tables " + association.table() + " and " + with + " belong to different networks");
        }
        rows.delete(id);
        return associate(table, association.subnet());
    }

    /**
     * Gives the VPC the table as its main one.
     *
     * @throws CloudException InvalidRouteTableID.NotFound
     */
    @Transactional
    public void makeMain(Caller caller, RouteTableId id) {
        var table = lock(caller, id);
        var main = rows.associationsOf(List.of(table.vpc())).getFirst();
        rows.delete(main.id());
        associate(table, null);
    }

    private Row lock(Caller caller, RouteTableId id) {
        return rows.find(caller.account(), id)
                .filter(t -> vpcs.lock(caller.account(), t.vpc()).isPresent())
                .flatMap(t -> rows.find(caller.account(), id))
                .orElseThrow(() -> CloudException.missing(ResourceType.ROUTE_TABLE, List.of(id.value())));
    }

    private Association lock(Caller caller, RouteTableAssociationId id) {
        return rows.association(caller.account(), id)
                .filter(a -> vpcs.lock(caller.account(), a.vpc()).isPresent())
                .flatMap(a -> rows.association(caller.account(), id))
                .orElseThrow(() -> CloudException.missing(
                        ErrorCode.ASSOCIATION_NOT_FOUND,
                        Listing.sentence("association ID", List.of(id.value())),
                        List.of(id.value())));
    }

    private static CloudException invalid(String sentence) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
    }
}
