package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.store.Lineage;
import io.croft.controller.blockstorage.snapshot.store.ManifestHeader;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Written;
import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code snapshot}; the state changes only by {@link SnapshotTransitions}. */
@Component
class SnapshotTable {
    private final JdbcClient jdbc;

    SnapshotTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A snapshot.
     *
     * @param timeout how long its writer may be silent; null when no client writes it
     * @param deadline until when its writer has to say something; null when no client writes it
     * @param written what had come when its writer said that this is all; null before, and when it has no writer
     * @param carrier whether it carries a volume to another host, and is nobody's
     */
    record Row(
            SnapshotId id,
            AccountId account,
            Lineage lineage,
            @Nullable String volume,
            @Nullable SnapshotId parent,
            int sizeGib,
            SnapshotState state,
            int progress,
            @Nullable String message,
            String description,
            Instant started,
            @Nullable Instant completed,
            @Nullable Duration timeout,
            @Nullable Instant deadline,
            @Nullable Written written,
            boolean carrier) {
        /** One that is somebody's, before all that it has was said to have come. */
        Row(
                SnapshotId id,
                AccountId account,
                Lineage lineage,
                @Nullable String volume,
                @Nullable SnapshotId parent,
                int sizeGib,
                SnapshotState state,
                int progress,
                String description,
                Instant started,
                @Nullable Instant completed,
                @Nullable Duration timeout,
                @Nullable Instant deadline) {
            this(
                    id,
                    account,
                    lineage,
                    volume,
                    parent,
                    sizeGib,
                    state,
                    progress,
                    null,
                    description,
                    started,
                    completed,
                    timeout,
                    deadline,
                    null,
                    false);
        }

        ManifestHeader header() {
            return new ManifestHeader(id, account, lineage, sizeGib, volume, description, started);
        }

        SnapshotStore.Ref ref() {
            return new SnapshotStore.Ref(lineage.id(), id);
        }

        SnapshotStore.Upload upload() {
            return new SnapshotStore.Upload(id, lineage);
        }

        SnapshotView view(Map<String, String> tags) {
            return new SnapshotView(
                    id,
                    account,
                    volume,
                    parent,
                    sizeGib,
                    state,
                    progress,
                    message,
                    description,
                    started,
                    completed,
                    tags);
        }
    }

    void insert(Row row) {
        var timeout = row.timeout();
        jdbc.sql("""
                        INSERT INTO snapshot (id, account, lineage, lineage_key, volume, parent, size_gib, state, progress, description,
                            started, completed, timeout_minutes, deadline, carrier)
                        VALUES (:id, :account, :lineage, :key, :volume, :parent, :size, :state, :progress, :description,
                            :started, :completed, :timeout, :deadline, :carrier)
                        """)
                .param("id", row.id().value())
                .param("account", row.account().value())
                .param("lineage", row.lineage().id())
                .param("key", row.lineage().sealedKey())
                .param("volume", row.volume(), Types.VARCHAR)
                .param("parent", row.parent() == null ? null : row.parent().value(), Types.VARCHAR)
                .param("size", row.sizeGib())
                .param("state", row.state().name())
                .param("progress", row.progress())
                .param("description", row.description())
                .param("started", Instants.column(row.started()))
                .param("completed", column(row.completed()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("timeout", timeout == null ? null : (int) timeout.toMinutes(), Types.INTEGER)
                .param("deadline", column(row.deadline()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("carrier", row.carrier())
                .update();
    }

    private static @Nullable Object column(@Nullable Instant time) {
        return time == null ? null : Instants.column(time);
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM snapshot WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    Optional<Row> find(SnapshotId id) {
        return load(List.of(id.value())).stream().findFirst();
    }

    /** The row, which nobody else changes until the transaction ends. */
    Optional<Row> lock(SnapshotId id) {
        return jdbc.sql("SELECT * FROM snapshot WHERE id = :id FOR UPDATE")
                .param("id", id.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** The row, which stays as it is until the transaction ends. */
    Optional<Row> hold(SnapshotId id) {
        return jdbc.sql("SELECT * FROM snapshot WHERE id = :id FOR SHARE")
                .param("id", id.value())
                .query((row, _) -> row(row))
                .optional();
    }

    List<Row> all() {
        return jdbc.sql("SELECT * FROM snapshot ORDER BY id")
                .query((row, _) -> row(row))
                .list();
    }

    List<Row> of(AccountId account) {
        return jdbc.sql("SELECT * FROM snapshot WHERE account = :account ORDER BY id")
                .param("account", account.value())
                .query((row, _) -> row(row))
                .list();
    }

    /**
     * Some that something has to be done with, by {@code now}: the longest there first.
     *
     * @param removing whether any of those that are being deleted is to be removed
     * @param held those that are not to be removed yet
     */
    List<SnapshotId> due(Instant now, boolean removing, Collection<SnapshotId> held, int most) {
        return jdbc.sql("""
                        SELECT id FROM snapshot
                        WHERE state = 'SEALING' OR (state = 'DELETING' AND :removing AND id <> ALL(:held)) OR (state = 'PENDING' AND deadline <= :now)
                            OR (state = 'RECYCLED' AND recycled_until <= :now)
                        ORDER BY started LIMIT :most
                        """)
                .param("now", Instants.column(now))
                .param("removing", removing)
                .param("held", held.stream().map(SnapshotId::value).toArray(String[]::new))
                .param("most", most)
                .query((row, _) -> new SnapshotId(row.getString("id")))
                .list();
    }

    /** Some that are being deleted, the longest there first. */
    List<Row> deleting(int most) {
        return jdbc.sql("SELECT * FROM snapshot WHERE state = 'DELETING' ORDER BY started LIMIT :most")
                .param("most", most)
                .query((row, _) -> row(row))
                .list();
    }

    /** The snapshots of a volume, the newest first, those that are being deleted too. */
    List<Row> ofVolume(AccountId account, String volume) {
        return jdbc.sql(
                        "SELECT * FROM snapshot WHERE account = :account AND volume = :volume ORDER BY started DESC, id")
                .param("account", account.value())
                .param("volume", volume)
                .query((row, _) -> row(row))
                .list();
    }

    /** Those that are neither completed nor in error nor being deleted. */
    List<SnapshotId> unfinished(Collection<SnapshotId> ids) {
        return jdbc.sql("SELECT id FROM snapshot WHERE id = ANY(:ids) AND state IN ('PENDING', 'SEALING')")
                .param("ids", ids.stream().map(SnapshotId::value).toArray(String[]::new))
                .query((row, _) -> new SnapshotId(row.getString("id")))
                .list();
    }

    /** Whether a snapshot that is not completed yet begins with this one's blocks. */
    Optional<SnapshotId> pendingChild(SnapshotId id) {
        return jdbc.sql(
                        "SELECT id FROM snapshot WHERE parent = :id AND state IN ('PENDING', 'SEALING') ORDER BY id LIMIT 1")
                .param("id", id.value())
                .query((row, _) -> new SnapshotId(row.getString("id")))
                .optional();
    }

    /** The carriers that are not to go yet. */
    Set<SnapshotId> carriers() {
        return jdbc.sql("SELECT id FROM snapshot WHERE carrier AND state <> 'DELETING'")
                .query((row, _) -> new SnapshotId(row.getString("id")))
                .set();
    }

    /** The same, but of those whose blocks come from a host: its host begins with what is there, and the row of this one stays until that is done. */
    Optional<SnapshotId> pendingWriting(SnapshotId id) {
        return jdbc.sql("""
                        SELECT id FROM snapshot WHERE parent = :id AND state IN ('PENDING', 'SEALING')
                            AND (timeout_minutes IS NOT NULL OR volume IS NULL) ORDER BY id LIMIT 1
                        """)
                .param("id", id.value())
                .query((row, _) -> new SnapshotId(row.getString("id")))
                .optional();
    }

    /**
     * Makes a transition, if the snapshot is in a state that has it.
     *
     * @return whether it was
     */
    boolean move(Row from, SnapshotEvent event, Instant now, @Nullable String message) {
        var next = SnapshotTransitions.TABLE.target(from.state(), event).orElse(null);
        if (next == null) {
            return false;
        }
        var done = event == SnapshotEvent.SEALED;
        var changed = jdbc.sql("""
                        UPDATE snapshot SET state = :next, message = :message,
                            progress = CASE WHEN :done THEN 100 ELSE progress END,
                            completed = CASE WHEN :done THEN :now ELSE completed END,
                            deadline = NULL
                        WHERE id = :id AND state = :from
                        """)
                .param("next", next.name())
                .param("message", message, Types.VARCHAR)
                .param("done", done)
                .param("now", Instants.column(now))
                .param("id", from.id().value())
                .param("from", from.state().name())
                .update();
        if (changed == 1) {
            SnapshotTransitions.TABLE.visit(from.state(), event);
        }
        return changed == 1;
    }

    /** Puts a completed snapshot into the recycle bin. */
    void recycle(Row row, Instant now, Instant until) {
        jdbc.sql("UPDATE snapshot SET recycled = :now, recycled_until = :until WHERE id = :id AND state = 'COMPLETED'")
                .param("now", Instants.column(now))
                .param("until", Instants.column(until))
                .param("id", row.id().value())
                .update();
        move(row, SnapshotEvent.RECYCLE_REQUESTED, now, null);
    }

    /**
     * When each of these was put into the recycle bin, and until when it can be had back.
     *
     * @param ids of those that are there
     */
    Map<SnapshotId, Recycled> recycled(Collection<String> ids) {
        return jdbc
                .sql("SELECT id, recycled, recycled_until FROM snapshot WHERE id = ANY(:ids) AND state = 'RECYCLED'")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> Map.entry(
                        new SnapshotId(row.getString("id")),
                        new Recycled(Instants.of(row, "recycled"), Instants.of(row, "recycled_until"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Since when a snapshot is in the recycle bin, and until when it can be had back. */
    record Recycled(Instant since, Instant until) {}

    /**
     * Notes that the writer of a snapshot that takes blocks was heard of.
     *
     * @param progress per cent; null when it does not say
     * @return whether the snapshot takes blocks
     */
    boolean heard(Row row, Instant now, @Nullable Integer progress) {
        var timeout = row.timeout();
        return jdbc.sql("""
                        UPDATE snapshot SET deadline = :deadline, progress = greatest(progress, coalesce(:progress, 0))
                        WHERE id = :id AND state = 'PENDING'
                        """)
                        .param(
                                "deadline",
                                column(timeout == null ? null : now.plus(timeout)),
                                Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("progress", progress, Types.INTEGER)
                        .param("id", row.id().value())
                        .update()
                == 1;
    }

    /** Gives every writer its whole timeout from {@code now} on. */
    void hearAll(Instant now) {
        jdbc.sql("""
                        UPDATE snapshot SET deadline = CAST(:now AS timestamptz) + timeout_minutes * interval '1 minute'
                        WHERE state = 'PENDING' AND timeout_minutes IS NOT NULL
                        """).param("now", Instants.column(now)).update();
    }

    /** A snapshot for which blocks come begins with zeros from now on. */
    void forgetParent(SnapshotId id) {
        jdbc.sql("UPDATE snapshot SET parent = NULL WHERE id = :id AND state = 'PENDING'")
                .param("id", id.value())
                .update();
    }

    /** Keeps what has come for a snapshot, which is all. */
    void written(SnapshotId id, Written written) {
        jdbc.sql("UPDATE snapshot SET written_blocks = :blocks, written_checksum = :checksum WHERE id = :id")
                .param("blocks", written.blocks())
                .param("checksum", written.linearChecksum())
                .param("id", id.value())
                .update();
    }

    void delete(SnapshotId id) {
        jdbc.sql("DELETE FROM snapshot WHERE id = :id AND state = 'DELETING'")
                .param("id", id.value())
                .update();
    }

    private static Row row(ResultSet row) throws SQLException {
        var parent = row.getString("parent");
        var minutes = row.getObject("timeout_minutes", Integer.class);
        var checksum = row.getString("written_checksum");
        return new Row(
                new SnapshotId(row.getString("id")),
                new AccountId(row.getString("account")),
                new Lineage(row.getString("lineage"), row.getString("lineage_key")),
                row.getString("volume"),
                parent == null ? null : new SnapshotId(parent),
                row.getInt("size_gib"),
                SnapshotState.valueOf(row.getString("state")),
                row.getInt("progress"),
                row.getString("message"),
                row.getString("description"),
                Instants.of(row, "started"),
                Instants.ofNullable(row, "completed"),
                minutes == null ? null : Duration.ofMinutes(minutes),
                Instants.ofNullable(row, "deadline"),
                checksum == null ? null : new Written(row.getInt("written_blocks"), checksum),
                row.getBoolean("carrier"));
    }
}
