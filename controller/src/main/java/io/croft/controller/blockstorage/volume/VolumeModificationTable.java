package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.Instants;
import io.croft.types.Generation;
import io.croft.types.VolumeId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code volume_modification}; the state changes only by {@link VolumeModificationTransitions}. Whoever writes it has locked the volume. */
@Component
class VolumeModificationTable {
    private final JdbcClient jdbc;

    VolumeModificationTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Begins a modification in the place of the one before. */
    void begin(VolumeId volume, VolumeShape original, VolumeShape target, Generation generation, Instant now) {
        jdbc.sql("""
                        INSERT INTO volume_modification (volume, state, generation, started,
                            original_size_gib, original_type, original_iops, original_throughput,
                            target_size_gib, target_type, target_iops, target_throughput)
                        VALUES (:volume, 'MODIFYING', :generation, :now, :size, :type, :iops, :throughput,
                            :targetSize, :targetType, :targetIops, :targetThroughput)
                        ON CONFLICT (volume) DO UPDATE SET state = excluded.state, generation = excluded.generation,
                            started = excluded.started, ended = NULL, message = NULL,
                            original_size_gib = excluded.original_size_gib, original_type = excluded.original_type,
                            original_iops = excluded.original_iops, original_throughput = excluded.original_throughput,
                            target_size_gib = excluded.target_size_gib, target_type = excluded.target_type,
                            target_iops = excluded.target_iops, target_throughput = excluded.target_throughput
                        """)
                .param("volume", volume.value())
                .param("generation", generation.value())
                .param("now", Instants.column(now))
                .param("size", original.sizeGib())
                .param("type", original.type().ec2Name())
                .param("iops", original.provisionedIops(), Types.INTEGER)
                .param("throughput", original.provisionedThroughput(), Types.INTEGER)
                .param("targetSize", target.sizeGib())
                .param("targetType", target.type().ec2Name())
                .param("targetIops", target.provisionedIops(), Types.INTEGER)
                .param("targetThroughput", target.provisionedThroughput(), Types.INTEGER)
                .update();
    }

    /**
     * Ends the volume's modification where it is under way.
     *
     * @param told the generation that the volume's host speaks of: a modification that it was not told of yet goes on
     * @param message why it is given up; null where it is not
     * @return as it is then; empty where nothing has changed
     */
    Optional<VolumeModification> end(
            VolumeId volume, Generation told, VolumeModificationEvent event, Instant now, @Nullable String message) {
        var table = VolumeModificationTransitions.TABLE;
        var ended = jdbc.sql("WITH old AS (SELECT volume, state FROM volume_modification WHERE volume = :volume"
                        + " AND generation <= :told AND " + table.guard("state", event) + " FOR UPDATE)"
                        + " UPDATE volume_modification m SET state = " + table.next("old.state", event)
                        + ", ended = :now, message = :message FROM old WHERE m.volume = old.volume"
                        + " RETURNING m.*, old.state AS before")
                .param("volume", volume.value())
                .param("told", told.value())
                .param("now", Instants.column(now))
                .param("message", message, Types.VARCHAR)
                .query((row, _) -> {
                    table.visit(VolumeModificationState.valueOf(row.getString("before")), event);
                    return row(row);
                })
                .list();
        return ended.stream().findFirst();
    }

    List<VolumeModification> load(Collection<String> volumes) {
        return jdbc.sql("SELECT * FROM volume_modification WHERE volume = ANY(:volumes)")
                .param("volumes", volumes.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<VolumeModification> find(VolumeId volume) {
        return load(List.of(volume.value())).stream().findFirst();
    }

    private static VolumeModification row(ResultSet row) throws SQLException {
        return new VolumeModification(
                new VolumeId(row.getString("volume")),
                VolumeModificationState.valueOf(row.getString("state")),
                shape(row, "original"),
                shape(row, "target"),
                Instants.of(row, "started"),
                row.getObject("ended") == null ? null : Instants.of(row, "ended"),
                row.getString("message"));
    }

    private static VolumeShape shape(ResultSet row, String which) throws SQLException {
        return new VolumeShape(
                VolumeType.named(row.getString(which + "_type")),
                row.getInt(which + "_size_gib"),
                row.getObject(which + "_iops", Integer.class),
                row.getObject(which + "_throughput", Integer.class));
    }
}
