package io.croft.controller.backup;

import io.croft.controller.context.CloudException;
import io.croft.rest.backup.BackupManifest.Migration;
import io.croft.types.ErrorCode;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A schema beside the controller's own in which an archive is read. Only one at a time, under a lock of a session of its own; what one that died has left goes when the controller starts, or the next one begins.
 */
final class ScratchSchema implements AutoCloseable {
    static final String NAME = "croft_scratch";

    /** Any number that nothing else of this database locks. */
    private static final long LOCK = 0x43726F6674L;

    private final Flyway flyway;
    private final JdbcClient jdbc;
    private final SingleConnectionDataSource session;

    private ScratchSchema(Flyway flyway, JdbcClient jdbc, SingleConnectionDataSource session) {
        this.flyway = flyway;
        this.jdbc = jdbc;
        this.session = session;
    }

    /**
     * Makes it, empty, with the tables as they were after {@code applied}.
     *
     * @param flyway the controller's own
     * @throws CloudException Conflict when another is in use; InvalidParameterValue when this controller does not know one of the migrations
     */
    static ScratchSchema at(List<Migration> applied, Flyway flyway, JdbcClient jdbc, DataSource database) {
        requireKnown(applied, flyway);
        var session = lock(database);
        var scratch = new ScratchSchema(flyway, jdbc, session);
        try {
            drop(jdbc);
            jdbc.sql("CREATE SCHEMA " + NAME).update();
            migrate(NAME, applied.getLast().version(), flyway);
            return scratch;
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private static SingleConnectionDataSource lock(DataSource database) {
        SingleConnectionDataSource session;
        try {
            session = new SingleConnectionDataSource(database.getConnection(), true);
        } catch (SQLException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The database does not answer.", "", e);
        }
        try {
            requireMine(JdbcClient.create(session), "pg_try_advisory_lock");
            return session;
        } catch (RuntimeException e) {
            session.destroy();
            throw e;
        }
    }

    /**
     * Holds off, until the running transaction ends, whoever reads an archive: one that is loaded would wait for every row that is being sent.
     *
     * @throws CloudException Conflict when one is being read
     */
    static void holdOff(JdbcClient jdbc) {
        requireMine(jdbc, "pg_try_advisory_xact_lock_shared");
    }

    /** Removes, in the running transaction, what one that died has left; not while an archive is being taken or read. */
    static void sweep(JdbcClient jdbc) {
        if (isMine(jdbc, "pg_try_advisory_xact_lock")) {
            drop(jdbc);
        }
    }

    private static boolean isMine(JdbcClient jdbc, String attempt) {
        return jdbc.sql("SELECT " + attempt + "(:key)")
                .param("key", LOCK)
                .query(Boolean.class)
                .single();
    }

    private static void requireMine(JdbcClient jdbc, String attempt) {
        if (!isMine(jdbc, attempt)) {
            throw new CloudException(
                    ErrorCode.CONFLICT, "Another archive is being taken or read: try again when it is done.");
        }
    }

    /** An archive is known by its migrations: each has to be one of this controller's, and none of this controller's in between may be missing. */
    private static void requireKnown(List<Migration> applied, Flyway flyway) {
        if (applied.isEmpty()) {
            throw ArchiveReader.damaged("it does not say of which version its tables are", null);
        }
        var own = new TreeMap<MigrationVersion, MigrationInfo>();
        for (var migration : flyway.info().all()) {
            if (migration.getVersion() != null) {
                own.put(migration.getVersion(), migration);
            }
        }
        for (var migration : applied) {
            var mine = own.get(MigrationVersion.fromVersion(migration.version()));
            if (mine == null) {
                throw refused("It has the migration " + migration.version() + " " + migration.description()
                        + ", which this controller does not know: load it with the controller of that version"
                        + " or a newer one.");
            }
            if (!Objects.equals(mine.getChecksum(), migration.checksum())) {
                throw refused("Its migration " + migration.version() + " is another than this controller's.");
            }
        }
        var last = MigrationVersion.fromVersion(applied.getLast().version());
        var names = applied.stream().map(Migration::version).collect(Collectors.toSet());
        for (var earlier : own.headMap(last).keySet()) {
            if (!names.contains(earlier.getVersion())) {
                throw refused("Its tables never had the migration " + earlier + ", which comes before its last one.");
            }
        }
    }

    private static CloudException refused(String why) {
        return new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "The archive cannot be used. " + why);
    }

    /** What has been applied to the controller's own tables. */
    static List<Migration> applied(Flyway flyway) {
        return Arrays.stream(flyway.info().applied())
                .filter(m -> m.getVersion() != null)
                .map(m -> new Migration(m.getVersion().getVersion(), m.getDescription(), m.getChecksum()))
                .toList();
    }

    /** Brings the tables from the archive's version to this controller's, and the rows that are this controller's own, such as the instance types. */
    void bringUpToDate() {
        in(NAME, flyway).load().migrate();
    }

    /** Makes the tables as they were after the migration {@code version}. Repeatable migrations are written for the newest tables. */
    static void migrate(String schema, String version, Flyway flyway) {
        in(schema, flyway)
                .target(version)
                .repeatableSqlMigrationPrefix("not-yet-")
                .load()
                .migrate();
    }

    private static FluentConfiguration in(String schema, Flyway flyway) {
        return Flyway.configure()
                .configuration(flyway.getConfiguration())
                .schemas(schema)
                .defaultSchema(schema);
    }

    private static void drop(JdbcClient jdbc) {
        jdbc.sql("DROP SCHEMA IF EXISTS " + NAME + " CASCADE").update();
    }

    @Override
    public void close() {
        try {
            drop(jdbc);
        } finally {
            JdbcClient.create(session)
                    .sql("SELECT pg_advisory_unlock(:key)")
                    .param("key", LOCK)
                    .query(Boolean.class)
                    .single();
            session.destroy();
        }
    }
}
