package io.croft.controller.network.routetable;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code route_table}, {@code route_table_association} and {@code route}. */
@Component
public class RouteTableRows {
    private final JdbcClient jdbc;
    private final Clock clock;

    RouteTableRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A route table. */
    public record Row(RouteTableId id, AccountId account, VpcId vpc) {}

    /** Whose table it is: a subnet's, or without one the VPC's. */
    public record Association(
            RouteTableAssociationId id,
            VpcId vpc,
            RouteTableId table,
            @Nullable SubnetId subnet) {}

    /** What leads out of a VPC. */
    public record Route(RouteTableId table, Cidr destination, String target) {}

    /** Inserts a table; does nothing where it is there. */
    public void insert(Row row) {
        jdbc.sql("INSERT INTO route_table (id, account, vpc, created) VALUES (:id, :account, :vpc, :now)"
                        + " ON CONFLICT DO NOTHING")
                .param("id", row.id().value())
                .param("account", row.account().value())
                .param("vpc", row.vpc().value())
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    public void insert(Association association) {
        var subnet = association.subnet();
        jdbc.sql(
                        "INSERT INTO route_table_association (id, vpc, route_table, subnet) VALUES (:id, :vpc, :table, :subnet)")
                .param("id", association.id().value())
                .param("vpc", association.vpc().value())
                .param("table", association.table().value())
                .param("subnet", subnet == null ? null : subnet.value(), Types.VARCHAR)
                .update();
    }

    /** Inserts a route; false when its table has one of that destination. */
    public boolean insert(Route route) {
        return jdbc.sql("INSERT INTO route (route_table, destination, target) VALUES (:table, :to, :target)"
                                + " ON CONFLICT DO NOTHING")
                        .param("table", route.table().value())
                        .param("to", route.destination().value())
                        .param("target", route.target())
                        .update()
                == 1;
    }

    /** Lets a route lead elsewhere; false without one of that destination. */
    boolean update(Route route) {
        return jdbc.sql("UPDATE route SET target = :target WHERE route_table = :table AND destination = :to")
                        .param("table", route.table().value())
                        .param("to", route.destination().value())
                        .param("target", route.target())
                        .update()
                == 1;
    }

    boolean delete(RouteTableId table, Cidr destination) {
        return jdbc.sql("DELETE FROM route WHERE route_table = :table AND destination = :to")
                        .param("table", table.value())
                        .param("to", destination.value())
                        .update()
                == 1;
    }

    void delete(RouteTableAssociationId id) {
        jdbc.sql("DELETE FROM route_table_association WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    void delete(RouteTableId id) {
        jdbc.sql("DELETE FROM route_table WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** Deletes all of the VPC's tables, whosever they are; returns their ids. */
    public List<String> clear(VpcId vpc) {
        jdbc.sql("DELETE FROM route_table_association WHERE vpc = :vpc")
                .param("vpc", vpc.value())
                .update();
        return jdbc.sql("DELETE FROM route_table WHERE vpc = :vpc RETURNING id")
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
    }

    /** The account's table with that id, whose VPC the caller locks before it trusts what else it reads. */
    Optional<Row> find(AccountId account, RouteTableId id) {
        return load(List.of(id.value())).stream()
                .filter(r -> r.account().equals(account))
                .findFirst();
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM route_table WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    List<Row> of(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM route_table WHERE vpc = ANY(:ids) ORDER BY id")
                .param("ids", values(vpcs))
                .query((row, _) -> row(row))
                .list();
    }

    /** The associations of all tables of the VPCs, the main ones first. */
    List<Association> associationsOf(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM route_table_association WHERE vpc = ANY(:ids) ORDER BY subnet NULLS FIRST")
                .param("ids", values(vpcs))
                .query((row, _) -> association(row))
                .list();
    }

    Optional<Association> association(AccountId account, RouteTableAssociationId id) {
        return jdbc.sql("""
                        SELECT a.* FROM route_table_association a JOIN route_table t ON t.id = a.route_table
                        WHERE a.id = :id AND t.account = :account
                        """)
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> association(row))
                .optional();
    }

    /** The routes of tables, oldest first. */
    List<Route> routesOf(Collection<RouteTableId> tables) {
        return jdbc.sql("SELECT * FROM route WHERE route_table = ANY(:ids) ORDER BY number")
                .param("ids", tables.stream().map(RouteTableId::value).toArray(String[]::new))
                .query((row, _) -> new Route(
                        new RouteTableId(row.getString("route_table")),
                        new Cidr(row.getString("destination")),
                        row.getString("target")))
                .list();
    }

    private static String[] values(Collection<VpcId> vpcs) {
        return vpcs.stream().map(VpcId::value).toArray(String[]::new);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new RouteTableId(row.getString("id")),
                new AccountId(row.getString("account")),
                new VpcId(row.getString("vpc")));
    }

    private static Association association(ResultSet row) throws SQLException {
        var subnet = row.getString("subnet");
        return new Association(
                new RouteTableAssociationId(row.getString("id")),
                new VpcId(row.getString("vpc")),
                new RouteTableId(row.getString("route_table")),
                subnet == null ? null : new SubnetId(subnet));
    }
}
