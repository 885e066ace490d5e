package io.croft.controller.backup;

import io.croft.controller.context.Instants;
import io.croft.controller.context.LostTimes;
import io.croft.rest.backup.BackupManifest.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was backed up and loaded, and the replacing of all rows. */
@Repository
class BackupTable implements LostTimes {
    /** Records of what happened, which an older archive must not make unknown: they are joined. Each has an identity, {@code id}. */
    private static final Set<String> RECORDS = Set.of("audit", "history", "history_course");

    private final JdbcClient jdbc;

    BackupTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void kept(Instant taken, String principal) {
        jdbc.sql("INSERT INTO backup_kept (taken, principal) VALUES (:taken, :principal) ON CONFLICT DO NOTHING")
                .param("taken", Instants.column(taken))
                .param("principal", principal)
                .update();
    }

    /** When the newest archive was taken that somebody keeps. */
    Optional<Instant> lastKept() {
        return jdbc.sql("SELECT max(taken) AS taken FROM backup_kept")
                .query((row, _) -> Optional.ofNullable(Instants.ofNullable(row, "taken")))
                .single();
    }

    void loaded(UUID load, Instant loaded, Instant taken, String principal) {
        jdbc.sql("INSERT INTO archive_load (id, loaded, taken, principal) VALUES (:id, :loaded, :taken, :principal)")
                .param("id", load)
                .param("loaded", Instants.column(loaded))
                .param("taken", Instants.column(taken))
                .param("principal", principal)
                .update();
    }

    boolean isLoaded(UUID load) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM archive_load WHERE id = :id)")
                .param("id", load)
                .query(Boolean.class)
                .single();
    }

    /** From when an archive was taken until it was loaded. */
    @Override
    public boolean isLost(Instant moment) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM archive_load WHERE taken <= :moment AND loaded >= :moment)")
                .param("moment", Instants.column(moment))
                .query(Boolean.class)
                .single();
    }

    /**
     * Puts the scratch schema's rows in the place of the controller's, in the running transaction. Sequences only go on: what was counted since may be in the world, as MAC addresses are.
     *
     * @param between what to do once nobody else can write any more and the old rows are still there
     */
    <T> T replace(Supplier<T> between) {
        var own = SchemaTables.of(jdbc, SchemaTables.current(jdbc));
        var archived = SchemaTables.of(jdbc, ScratchSchema.NAME);
        jdbc.sql("SET LOCAL lock_timeout = '30s'").update();
        jdbc.sql("LOCK TABLE " + TableRows.all(own) + " IN ACCESS EXCLUSIVE MODE")
                .update();
        var done = between.get();
        records(archived).forEach(table -> keepLater(table, own, archived));
        jdbc.sql("TRUNCATE " + TableRows.all(own)).update();
        jdbc.sql("SET CONSTRAINTS ALL DEFERRED").update();
        for (var table : archived.tables()) {
            var columns = SchemaTables.list(table);
            jdbc.sql("INSERT INTO " + own.qualified(table.name()) + " (" + columns + ") OVERRIDING SYSTEM VALUE SELECT "
                            + columns + " FROM " + archived.qualified(table.name()))
                    .update();
        }
        archived.sequences().forEach((name, next) -> {
            var now = own.sequences().getOrDefault(name, next);
            TableRows.setNext(jdbc, own, name, Math.max(now, next));
        });
        records(archived).forEach(table -> appendLater(table, own));
        return done;
    }

    private static List<Table> records(SchemaTables tables) {
        return tables.tables().stream().filter(t -> RECORDS.contains(t.name())).toList();
    }

    private void keepLater(Table table, SchemaTables own, SchemaTables archived) {
        var columns = SchemaTables.list(table);
        jdbc.sql("CREATE TEMPORARY TABLE " + later(table) + " ON COMMIT DROP AS SELECT " + columns + " FROM "
                        + own.qualified(table.name()) + " EXCEPT SELECT " + columns + " FROM "
                        + archived.qualified(table.name()))
                .update();
    }

    private void appendLater(Table table, SchemaTables own) {
        var columns = table.columns().stream()
                .filter(c -> !c.equals("id"))
                .map(SchemaTables::quoted)
                .collect(Collectors.joining(", "));
        jdbc.sql("INSERT INTO " + own.qualified(table.name()) + " (" + columns + ") SELECT " + columns + " FROM "
                        + later(table) + " ORDER BY id")
                .update();
    }

    private static String later(Table table) {
        return SchemaTables.quoted("later_" + table.name());
    }
}
