package io.croft.controller.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.types.Era;
import io.croft.types.HostId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A controller serves on its own database, whatever was done to the server in between, and reconciles on a copy. */
class CopyWatchIT {
    private static final HostId HOST = new HostId("host-0123456789abcdef0");
    private static final String BEFORE = "210";

    @TempDir
    Path directory;

    private EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    /** What a controller has of its database. */
    private static final class Start {
        private final JdbcClient jdbc;
        private final Recovery recovery;
        private final TransactionTemplate transactions;

        Start(DataSource database) {
            jdbc = JdbcClient.create(database);
            recovery = new Recovery(jdbc, Clock.systemUTC());
            transactions = new TransactionTemplate(new JdbcTransactionManager(database));
            Flyway.configure().dataSource(database).load().migrate();
            new CopyWatch(jdbc, recovery, transactions).start();
        }

        boolean serves() {
            return !recovery.state().reconciles() && recovery.awaited().isEmpty();
        }

        void sql(String... statements) {
            for (var sql : statements) {
                jdbc.sql(sql).update();
            }
        }

        void merge() {
            transactions.executeWithoutResult(_ -> {
                recovery.lock();
                recovery.merged(HOST);
                recovery.serve(recovery.state().era().next());
            });
        }
    }

    @Test
    void onlyACopyIsNotServed() throws IOException {
        try (var server = server()) {
            var database = server.getPostgresDatabase();
            Flyway.configure()
                    .dataSource(database)
                    .target(BEFORE)
                    .repeatableSqlMigrationPrefix("none")
                    .load()
                    .migrate();
            JdbcClient.create(database)
                    .sql(
                            "INSERT INTO host (id, name, zone, state, enrolled) VALUES (?, 'one', 'us-east-1a', 'ENROLLED', now())")
                    .param(HOST.value())
                    .update();
            assertThat(new Start(database).serves()).as("after an upgrade").isTrue();
            var again = new Start(database);
            assertThat(again.serves()).as("after a restart").isTrue();
            again.sql("VACUUM (FREEZE) controller_era", "VACUUM FULL controller_era", "CHECKPOINT");
            assertThat(new Start(database).serves()).as("after maintenance").isTrue();
        }
        try (var server = server()) {
            var database = server.getPostgresDatabase();
            var served = new Start(database);
            assertThat(served.serves()).as("after PostgreSQL was restarted").isTrue();

            served.sql(
                    "CREATE TABLE dump AS TABLE controller_era",
                    "DELETE FROM controller_era",
                    "INSERT INTO controller_era TABLE dump");
            var putBack = new Start(database);
            assertThat(putBack.serves()).as("after a dump was put back").isFalse();
            assertThat(putBack.recovery.awaited()).containsExactly(new AwaitedHost(HOST, null));
            var since = putBack.recovery.state();
            var reconciling = new Start(database);
            assertThat(reconciling.recovery.state()).as("after a restart").isEqualTo(since);
            reconciling.merge();
            var merged = new Start(database);
            assertThat(merged.serves()).as("after a restart once merged").isTrue();
            assertThat(merged.recovery.state().era()).isEqualTo(new Era(1));

            JdbcClient.create(server.getTemplateDatabase())
                    .sql("CREATE DATABASE copy TEMPLATE postgres")
                    .update();
            assertThat(new Start(server.getDatabase("postgres", "copy")).serves())
                    .as("a copy of the database")
                    .isFalse();
            assertThat(new Start(database).serves())
                    .as("what it was copied from")
                    .isTrue();
        }
    }
}
