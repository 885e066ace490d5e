package io.croft.controller.network.internetgateway;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.InternetGatewayId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code internet_gateway}. */
@Component
public class InternetGatewayTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    InternetGatewayTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A gateway; attached to no VPC where that is null. */
    public record Row(
            InternetGatewayId id,
            AccountId account,
            @Nullable VpcId vpc) {}

    /** Inserts a gateway; does nothing where it is there, or its VPC has another. */
    public void insert(Row row) {
        jdbc.sql("INSERT INTO internet_gateway (id, account, vpc, created) VALUES (:id, :account, :vpc, :now)"
                        + " ON CONFLICT DO NOTHING")
                .param("id", row.id().value())
                .param("account", row.account().value())
                .param("vpc", value(row.vpc()), Types.VARCHAR)
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    private static @Nullable String value(@Nullable VpcId vpc) {
        return vpc == null ? null : vpc.value();
    }

    /** Attaches a gateway to a VPC, or with null to none. */
    public void attach(InternetGatewayId id, @Nullable VpcId vpc) {
        jdbc.sql("UPDATE internet_gateway SET vpc = :vpc WHERE id = :id")
                .param("vpc", value(vpc), Types.VARCHAR)
                .param("id", id.value())
                .update();
    }

    void delete(InternetGatewayId id) {
        jdbc.sql("DELETE FROM internet_gateway WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** Deletes the account's gateways but for that of its default VPC; returns their ids. */
    public List<String> deleteOthers(AccountId account) {
        return jdbc.sql("""
                        DELETE FROM internet_gateway g WHERE account = :account
                            AND NOT EXISTS (SELECT FROM vpc v WHERE v.id = g.vpc AND v.is_default) RETURNING id
                        """)
                .param("account", account.value())
                .query(String.class)
                .list();
    }

    /** Deletes all of the account's gateways; returns their ids. */
    public List<String> deleteAll(AccountId account) {
        return jdbc.sql("DELETE FROM internet_gateway WHERE account = :account RETURNING id")
                .param("account", account.value())
                .query(String.class)
                .list();
    }

    /** The account's gateways but for that of its default VPC. */
    public List<InternetGatewayId> othersOf(AccountId account) {
        return jdbc.sql("""
                        SELECT id FROM internet_gateway g WHERE account = :account
                            AND NOT EXISTS (SELECT FROM vpc v WHERE v.id = g.vpc AND v.is_default) ORDER BY id
                        """)
                .param("account", account.value())
                .query((row, _) -> new InternetGatewayId(row.getString("id")))
                .list();
    }

    Optional<Row> lock(AccountId account, InternetGatewayId id) {
        return jdbc.sql("SELECT * FROM internet_gateway WHERE id = :id AND account = :account FOR UPDATE")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> row(row))
                .optional();
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM internet_gateway WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /** The gateway of each of the VPCs that has one. */
    public Map<VpcId, InternetGatewayId> of(Collection<VpcId> vpcs) {
        return jdbc
                .sql("SELECT id, vpc FROM internet_gateway WHERE vpc = ANY(:ids)")
                .param("ids", vpcs.stream().map(VpcId::value).toArray(String[]::new))
                .query((row, _) ->
                        Map.entry(new VpcId(row.getString("vpc")), new InternetGatewayId(row.getString("id"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Whether the account has the gateway. */
    public boolean exists(AccountId account, InternetGatewayId id) {
        return load(List.of(id.value())).stream().anyMatch(r -> r.account().equals(account));
    }

    /** Whether an interface of the VPC has a public address. */
    boolean mapped(VpcId vpc) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM network_interface WHERE vpc = :vpc AND public_address IS NOT NULL"
                        + " AND NOT releasing)")
                .param("vpc", vpc.value())
                .query(Boolean.class)
                .single();
    }

    private static Row row(ResultSet row) throws SQLException {
        var vpc = row.getString("vpc");
        return new Row(
                new InternetGatewayId(row.getString("id")),
                new AccountId(row.getString("account")),
                vpc == null ? null : new VpcId(vpc));
    }
}
