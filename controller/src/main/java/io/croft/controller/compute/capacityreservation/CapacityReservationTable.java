package io.croft.controller.compute.capacityreservation;

import io.croft.controller.compute.capacityreservation.CapacityReservationTransitions.Event;
import io.croft.controller.compute.capacityreservation.CapacityReservationView.State;
import io.croft.controller.context.Instants;
import io.croft.controller.fleet.Resources;
import io.croft.types.AccountId;
import io.croft.types.CapacityReservationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code capacity_reservation}. Its rows are locked in the order of their ids, before the account's quota and before any host. */
@Component
class CapacityReservationTable {
    private final JdbcClient jdbc;

    CapacityReservationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A row.
     *
     * @param each what one instance of the type took of its host when the reservation was made
     * @param endDate null for never
     */
    record Row(
            CapacityReservationId id,
            AccountId account,
            String instanceType,
            String architecture,
            Resources each,
            String zone,
            int total,
            boolean targeted,
            @Nullable Instant endDate,
            State state,
            Instant created) {
        boolean active() {
            return state == State.ACTIVE;
        }

        boolean isOver(Instant now) {
            return endDate != null && !endDate.isAfter(now);
        }

        Row with(int count, boolean onlyTargeted, @Nullable Instant end) {
            return new Row(
                    id, account, instanceType, architecture, each, zone, count, onlyTargeted, end, state, created);
        }
    }

    void insert(Row row) {
        jdbc.sql("""
                        INSERT INTO capacity_reservation (id, account, instance_type, architecture, vcpus, memory_mib, zone, total, targeted, end_date, state,
                            created)
                        VALUES (:id, :account, :type, :architecture, :vcpus, :memory, :zone, :total, :targeted, :end, 'ACTIVE', :created)
                        """)
                .param("id", row.id().value())
                .param("account", row.account().value())
                .param("type", row.instanceType())
                .param("architecture", row.architecture())
                .param("vcpus", row.each().vcpus())
                .param("memory", row.each().memoryBytes() >> 20)
                .param("zone", row.zone())
                .param("total", row.total())
                .param("targeted", row.targeted())
                .param("end", column(row.endDate()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("created", Instants.column(row.created()))
                .update();
    }

    void update(Row row) {
        jdbc.sql("UPDATE capacity_reservation SET total = :total, targeted = :targeted, end_date = :end WHERE id = :id")
                .param("total", row.total())
                .param("targeted", row.targeted())
                .param("end", column(row.endDate()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", row.id().value())
                .update();
    }

    /** Moves a reservation on if the event means something in its state. */
    boolean move(CapacityReservationId id, Event event, Instant now) {
        var table = CapacityReservationTransitions.TABLE;
        var moved = jdbc.sql("UPDATE capacity_reservation SET ended = :now, state = " + table.next("state", event)
                                + " WHERE id = :id AND " + table.guard("state", event))
                        .param("now", Instants.column(now))
                        .param("id", id.value())
                        .update()
                == 1;
        if (moved) {
            table.visit(State.ACTIVE, event);
        }
        return moved;
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM capacity_reservation WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<Row> lock(CapacityReservationId id) {
        return jdbc.sql("SELECT * FROM capacity_reservation WHERE id = :id FOR UPDATE")
                .param("id", id.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** The account's that take any instance of the type in one of the zones, locked. */
    List<Row> lockOpen(AccountId account, String type, Collection<String> zones) {
        return jdbc.sql("""
                        SELECT * FROM capacity_reservation
                        WHERE account = :account AND instance_type = :type AND zone = ANY(:zones) AND state = 'ACTIVE' AND NOT targeted
                        ORDER BY id FOR UPDATE
                        """)
                .param("account", account.value())
                .param("type", type)
                .param("zones", zones.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    List<Row> active() {
        return jdbc.sql("SELECT * FROM capacity_reservation WHERE state = 'ACTIVE' ORDER BY id")
                .query((row, _) -> row(row))
                .list();
    }

    List<Row> activeOf(AccountId account) {
        return jdbc.sql("SELECT * FROM capacity_reservation WHERE state = 'ACTIVE' AND account = :account ORDER BY id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    /** Deletes those that ended before {@code limit}; returns their ids. */
    List<String> deleteEnded(Instant limit) {
        return jdbc.sql("DELETE FROM capacity_reservation WHERE ended < :limit RETURNING id")
                .param("limit", Instants.column(limit))
                .query(String.class)
                .list();
    }

    /** Deletes the account's that ended; returns their ids. */
    List<String> deleteEnded(AccountId account) {
        return jdbc.sql("DELETE FROM capacity_reservation WHERE account = :account AND ended IS NOT NULL RETURNING id")
                .param("account", account.value())
                .query(String.class)
                .list();
    }

    private static @Nullable OffsetDateTime column(@Nullable Instant instant) {
        return instant == null ? null : Instants.column(instant);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new CapacityReservationId(row.getString("id")),
                new AccountId(row.getString("account")),
                row.getString("instance_type"),
                row.getString("architecture"),
                new Resources(row.getInt("vcpus"), (long) row.getInt("memory_mib") << 20, 0),
                row.getString("zone"),
                row.getInt("total"),
                row.getBoolean("targeted"),
                Instants.ofNullable(row, "end_date"),
                State.valueOf(row.getString("state")),
                Instants.of(row, "created"));
    }
}
