package io.croft.controller.doctor;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks at PostgreSQL: whether it answers, has every table, has room, and tells the same time. */
@Component
@Order(0)
class DatabaseCheck implements SelfCheck {
    private static final Duration SKEW_SEEN = Duration.ofSeconds(2);
    private static final long MIB = 1L << 20;

    private final JdbcClient jdbc;
    private final Flyway flyway;
    private final Clock clock;

    DatabaseCheck(JdbcClient jdbc, Flyway flyway, Clock clock) {
        this.jdbc = jdbc;
        this.flyway = flyway;
        this.clock = clock;
    }

    /** @param directory where the server keeps it; null when this user may not know */
    private record Server(
            String version,
            long bytes,
            Instant now,
            @Nullable String directory) {}

    @Override
    public List<Finding> look() {
        var server = jdbc.sql("""
                        SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes, clock_timestamp() AS now,
                            CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') THEN current_setting('data_directory') END AS directory""")
                .query((row, _) -> new Server(
                        row.getString("version"),
                        row.getLong("bytes"),
                        row.getObject("now", OffsetDateTime.class).toInstant(),
                        row.getString("directory")))
                .single();
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok("database", "PostgreSQL " + server.version() + ", " + server.bytes() / MIB + " MiB"));
        findings.add(clock(Duration.between(server.now(), clock.instant())));
        findings.add(migrations());
        findings.add(disk(server.directory()));
        return findings;
    }

    private static Finding clock(Duration ahead) {
        var detail = ahead.abs().toMillis() + " ms from the database's";
        return ahead.abs().compareTo(SKEW_SEEN) < 0
                ? Finding.ok("clock", detail)
                : Finding.warn("clock", detail, "Let a time service run on both, such as chrony or systemd-timesyncd");
    }

    private Finding migrations() {
        var info = flyway.info();
        var amiss = new ArrayList<String>();
        for (var migration : info.all()) {
            if (migration.getState().isFailed() || !migration.getState().isApplied()) {
                amiss.add(name(migration) + " is " + migration.getState().getDisplayName());
            }
        }
        var current = info.current();
        return amiss.isEmpty() && current != null
                ? Finding.ok("migrations", "at " + name(current))
                : Finding.fail(
                        "migrations",
                        amiss.isEmpty() ? "none was applied" : String.join(", ", amiss),
                        "Start the controller of the version that the database was last used with; it applies what is missing");
    }

    private static String name(MigrationInfo migration) {
        return migration.getVersion() != null
                ? migration.getVersion() + " " + migration.getDescription()
                : migration.getDescription();
    }

    private static Finding disk(@Nullable String directory) {
        var path = directory == null ? null : Path.of(directory);
        if (path == null || !Files.isReadable(path)) {
            return Finding.ok("database disk", "not for this user to see");
        }
        try {
            var store = Files.getFileStore(path);
            return DiskSpace.judge(
                    "database disk",
                    store.getUsableSpace(),
                    store.getTotalSpace(),
                    "Give " + path + " more room: without any, PostgreSQL stops");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
