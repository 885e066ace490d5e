package io.croft.controller.blockstorage.capture;

import io.croft.protocol.Presence;
import io.croft.protocol.SnapshotSpec;
import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code snapshot_capture}; the state changes only by {@link CaptureTransitions}, and each change raises the generation. */
@Component
class CaptureTable {
    private static final long GIB = 1L << 30;

    private final JdbcClient jdbc;

    CaptureTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A snapshot on its volume's host.
     *
     * @param backend the storage driver of the volume
     * @param together the snapshots of its moment, itself among them
     */
    record Row(
            SnapshotId snapshot,
            AccountId account,
            VolumeId volume,
            HostId host,
            String backend,
            int sizeGib,
            List<SnapshotId> together,
            CaptureState state,
            Generation generation) {
        /** What the host is told. */
        SnapshotSpec spec() {
            return new SnapshotSpec(
                    snapshot,
                    account,
                    generation,
                    state == CaptureState.DROPPING ? Presence.ABSENT : Presence.PRESENT,
                    volume,
                    backend,
                    sizeGib * GIB,
                    together,
                    state != CaptureState.TAKING);
        }
    }

    void insert(Row row) {
        jdbc.sql("""
                        INSERT INTO snapshot_capture (snapshot, account, volume, host, backend, size_gib, together, state, generation)
                        VALUES (:snapshot, :account, :volume, :host, :backend, :size, :together, :state, :generation)
                        """)
                .param("snapshot", row.snapshot().value())
                .param("account", row.account().value())
                .param("volume", row.volume().value())
                .param("host", row.host().value())
                .param("backend", row.backend())
                .param("size", row.sizeGib())
                .param(
                        "together",
                        row.together().stream().map(SnapshotId::value).toArray(String[]::new))
                .param("state", row.state().name())
                .param("generation", row.generation().value())
                .update();
    }

    Optional<Row> find(SnapshotId id) {
        return query("WHERE snapshot = :id", id.value()).stream().findFirst();
    }

    /** The row, which nobody else changes until the transaction ends. */
    Optional<Row> lock(SnapshotId id) {
        return query("WHERE snapshot = :id FOR UPDATE", id.value()).stream().findFirst();
    }

    List<Row> of(AccountId account) {
        return query("WHERE account = :id ORDER BY snapshot", account.value());
    }

    List<Row> on(HostId host) {
        return query("WHERE host = :id ORDER BY snapshot", host.value());
    }

    private List<Row> query(String where, String id) {
        return jdbc.sql("SELECT * FROM snapshot_capture " + where)
                .param("id", id)
                .query((row, _) -> row(row))
                .list();
    }

    /** Those that hosts were to take a minute ago, and have not. */
    List<SnapshotId> overdue() {
        return jdbc.sql("""
                        SELECT snapshot FROM snapshot_capture WHERE state = 'TAKING' AND begun < now() - interval '1 minute' ORDER BY snapshot
                        """)
                .query((row, _) -> new SnapshotId(row.getString("snapshot")))
                .list();
    }

    /** Those that hosts have or are to take. */
    List<SnapshotId> standing() {
        return jdbc.sql("SELECT snapshot FROM snapshot_capture WHERE state <> 'DROPPING' ORDER BY snapshot")
                .query((row, _) -> new SnapshotId(row.getString("snapshot")))
                .list();
    }

    /**
     * Makes a transition, if the capture is in a state that has it.
     *
     * @return the row as it is then; empty when it was not
     */
    Optional<Row> move(Row from, CaptureEvent event) {
        var table = CaptureTransitions.TABLE;
        return table.target(from.state(), event).flatMap(next -> {
            var moved = jdbc.sql("""
                            UPDATE snapshot_capture SET state = :next, generation = generation + 1
                            WHERE snapshot = :id AND state = :from RETURNING *
                            """)
                    .param("next", next.name())
                    .param("id", from.snapshot().value())
                    .param("from", from.state().name())
                    .query((row, _) -> row(row))
                    .optional();
            moved.ifPresent(_ -> table.visit(from.state(), event));
            return moved;
        });
    }

    /** Deletes the row of one of which its host has proved that it keeps nothing. */
    void deleteProvedGone(SnapshotId id, HostId host, Generation proved) {
        jdbc.sql("""
                        DELETE FROM snapshot_capture
                        WHERE snapshot = :id AND host = :host AND state = 'DROPPING' AND generation <= :generation
                        """)
                .param("id", id.value())
                .param("host", host.value())
                .param("generation", proved.value())
                .update();
    }

    /** After a restore: a host has taken what it was to take, or it has not and will not; everything on it has this generation. */
    void restamp(HostId host, long generation) {
        jdbc.sql("""
                        UPDATE snapshot_capture SET generation = :generation, state = CASE state WHEN 'TAKING' THEN 'SENDING' ELSE state END
                        WHERE host = :host
                        """)
                .param("generation", generation)
                .param("host", host.value())
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new SnapshotId(row.getString("snapshot")),
                new AccountId(row.getString("account")),
                new VolumeId(row.getString("volume")),
                new HostId(row.getString("host")),
                row.getString("backend"),
                row.getInt("size_gib"),
                ids(row.getArray("together")),
                CaptureState.valueOf(row.getString("state")),
                new Generation(row.getLong("generation")));
    }

    private static List<SnapshotId> ids(Array column) throws SQLException {
        return Arrays.stream((String[]) column.getArray()).map(SnapshotId::new).toList();
    }
}
