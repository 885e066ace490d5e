package io.croft.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.boot.SpringApplication;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The server that this process's tests use, chosen once: the one at {@code TEST_PG_URL}; else a container where an engine answers; else
 * embedded binaries. {@code TEST_PG=docker} or {@code TEST_PG=embedded} insists on one of the latter two.
 *
 * @param kind how it was found, for the one line that says so
 * @param url a JDBC address of an administrator, {@code %s} standing for the database
 * @param kept whether the server outlives this process, so that databases have to be dropped
 */
record PostgresServer(String kind, String url, boolean kept) {
    private static final Map<String, String> ENVIRONMENT = System.getenv();

    /** Finds or starts the server, and says which it is. */
    static PostgresServer start() {
        var server = choose();
        System.out.println("TestPostgres: " + server.kind);
        return server;
    }

    private static PostgresServer choose() {
        var given = ENVIRONMENT.get("TEST_PG_URL");
        if (given != null && !given.isEmpty()) {
            return new PostgresServer("TEST_PG_URL", withAnyDatabase(given), true);
        }
        var wish = ENVIRONMENT.getOrDefault("TEST_PG", "");
        if (wish.equals("docker") || (!wish.equals("embedded") && engineAnswers())) {
            return container();
        }
        return embedded();
    }

    /** Without a socket there is no engine, and asking for one costs seconds. */
    private static boolean engineAnswers() {
        return (ENVIRONMENT.containsKey("DOCKER_HOST") || Files.exists(Path.of("/var/run/docker.sock")))
                && ENVIRONMENT.containsKey("TEST_PG_IMAGE")
                && DockerClientFactory.instance().isDockerAvailable();
    }

    @SuppressWarnings("resource")
    private static PostgresServer container() {
        var image = DockerImageName.parse(Objects.requireNonNull(
                        ENVIRONMENT.get("TEST_PG_IMAGE"), "TEST_PG_IMAGE names the image to run"))
                .asCompatibleSubstituteFor("postgres");
        var container = new PostgreSQLContainer(image).withCommand("postgres", "-c", "max_connections=300");
        container.start();
        atTheEnd(container::stop);
        return new PostgresServer("container of " + image, withAnyDatabase(container.getJdbcUrl(), container), false);
    }

    private static String withAnyDatabase(String url, PostgreSQLContainer container) {
        var separator = url.contains("?") ? "&" : "?";
        return withAnyDatabase(
                url + separator + "user=" + container.getUsername() + "&password=" + container.getPassword());
    }

    private static PostgresServer embedded() {
        try {
            var server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .setRegisterShutdownHook(false)
                    .start();
            atTheEnd(() -> close(server));
            return new PostgresServer("embedded", server.getJdbcUrl("postgres", "%s"), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once all contexts are closed: one whose database is gone before waits half a minute for a connection. */
    private static void atTheEnd(Runnable action) {
        SpringApplication.getShutdownHandlers().add(action);
    }

    private static String withAnyDatabase(String url) {
        return url.replace("%", "%%").replaceFirst("^(jdbc:postgresql://[^/]*/)[^?]*", "$1%s");
    }

    /** Makes an empty database and returns its JDBC address, credentials included. */
    String newDatabase() {
        var name = "croft_" + UUID.randomUUID().toString().replace("-", "");
        administer("create database " + name);
        if (kept) {
            Leftovers.NAMES.add(name);
            Leftovers.dropAtExit(this);
        }
        return url.formatted(name);
    }

    private void administer(String sql) {
        try (var connection = DriverManager.getConnection(url.formatted("postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The databases made on a server that stays. */
    private static final class Leftovers {
        private static final ConcurrentLinkedQueue<String> NAMES = new ConcurrentLinkedQueue<>();
        private static boolean hooked;

        static synchronized void dropAtExit(PostgresServer server) {
            if (!hooked) {
                hooked = true;
                atTheEnd(() -> List.copyOf(NAMES)
                        .forEach(name -> server.administer("drop database if exists " + name + " with (force)")));
            }
        }
    }
}
