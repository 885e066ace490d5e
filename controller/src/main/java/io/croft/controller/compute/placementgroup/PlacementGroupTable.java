package io.croft.controller.compute.placementgroup;

import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.placement.Grouping;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.PlacementGroupId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code placement_group}. Whoever adds an instance to a group holds the lock of the group's row, and takes it before any host's. */
@Component
public class PlacementGroupTable {
    private final JdbcClient jdbc;

    PlacementGroupTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public record Row(
            PlacementGroupId id,
            AccountId account,
            String name,
            PlacementStrategy strategy,
            @Nullable Integer partitions,
            @Nullable SpreadLevel spreadLevel) {}

    /** Inserts a group; false when the account has one of that name. */
    boolean insert(Row row) {
        var level = row.spreadLevel();
        return jdbc.sql("""
                        INSERT INTO placement_group (id, account, name, strategy, partitions, spread_level)
                        VALUES (:id, :account, :name, :strategy, :partitions, :spreadLevel) ON CONFLICT (account, name) DO NOTHING
                        """)
                        .param("id", row.id().value())
                        .param("account", row.account().value())
                        .param("name", row.name())
                        .param("strategy", row.strategy().name())
                        .param("partitions", row.partitions())
                        .param("spreadLevel", level == null ? null : level.name())
                        .update()
                == 1;
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM placement_group WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<Row> named(AccountId account, String name) {
        return jdbc.sql("SELECT * FROM placement_group WHERE account = :account AND name = :name")
                .param("account", account.value())
                .param("name", name)
                .query((row, _) -> row(row))
                .optional();
    }

    /** The group with its row locked until the transaction ends. */
    Optional<Row> lock(AccountId account, GroupChoice.Reference reference) {
        var column = switch (reference) {
            case GroupChoice.ById _ -> "id";
            case GroupChoice.ByName _ -> "name";
        };
        var value = switch (reference) {
            case GroupChoice.ById(var id) -> id.value();
            case GroupChoice.ByName(var name) -> name;
        };
        return jdbc.sql("SELECT * FROM placement_group WHERE account = :account AND " + column + " = :value FOR UPDATE")
                .param("account", account.value())
                .param("value", value)
                .query((row, _) -> row(row))
                .optional();
    }

    /** The instances of a group that have a place, those on their way out too: their host still has them. */
    List<Grouping.Member> members(PlacementGroupId group) {
        return members(group, "");
    }

    /** The same without one that is about to change its place in the group. */
    List<Grouping.Member> membersBesides(PlacementGroupId group, InstanceId instance) {
        return members(group, instance.value());
    }

    private List<Grouping.Member> members(PlacementGroupId group, String besides) {
        return jdbc.sql("""
                        SELECT m.host, i.zone, i.partition_number FROM instance i JOIN vm m ON m.instance = i.id
                        WHERE i.placement_group = :group AND i.id <> :besides
                        """)
                .param("group", group.value())
                .param("besides", besides)
                .query((row, _) -> new Grouping.Member(
                        new HostId(row.getString("host")),
                        row.getString("zone"),
                        row.getObject("partition_number", Integer.class)))
                .list();
    }

    List<Row> of(AccountId account) {
        return jdbc.sql("SELECT * FROM placement_group WHERE account = :account ORDER BY id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    /** Whether an instance that has not ended is in the group. */
    boolean inUse(PlacementGroupId group) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM instance WHERE placement_group = :group AND state <> 'TERMINATED')")
                .param("group", group.value())
                .query(Boolean.class)
                .single();
    }

    void delete(PlacementGroupId group) {
        jdbc.sql("DELETE FROM placement_group WHERE id = :id")
                .param("id", group.value())
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        var level = row.getString("spread_level");
        return new Row(
                new PlacementGroupId(row.getString("id")),
                new AccountId(row.getString("account")),
                row.getString("name"),
                PlacementStrategy.valueOf(row.getString("strategy")),
                row.getObject("partitions", Integer.class),
                level == null ? null : SpreadLevel.valueOf(level));
    }
}
