package io.croft.controller.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** All rows of a database at one moment, to be put back later: what a dump is to its operator. */
final class DatabaseCopy {
    private static final String TABLES = """
        SELECT quote_ident(table_name) FROM information_schema.tables
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history' ORDER BY 1
        """;
    private static final String SEQUENCES =
            "SELECT quote_ident(sequencename) || ' ' || coalesce(last_value, 1) FROM pg_sequences WHERE schemaname ="
                    + " 'public'";
    private static final int TRIES = 20;

    private final Map<String, byte[]> rows = new LinkedHashMap<>();
    private final List<String> sequences;

    private DatabaseCopy(Connection connection) throws SQLException, IOException {
        sequences = strings(connection, SEQUENCES);
        var copy = connection.unwrap(PGConnection.class).getCopyAPI();
        for (var table : strings(connection, TABLES)) {
            var bytes = new ByteArrayOutputStream();
            copy.copyOut("COPY " + table + " TO STDOUT", bytes);
            rows.put(table, bytes.toByteArray());
        }
    }

    static DatabaseCopy of(Cluster cluster) {
        try (var connection = DriverManager.getConnection(cluster.databaseUrl())) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new DatabaseCopy(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts it back into the place of what is there, in one transaction in which {@code besides} is done too. */
    void putBack(Cluster cluster, String... besides) {
        for (var attempt = 1; ; attempt++) {
            try (var connection = DriverManager.getConnection(cluster.databaseUrl())) {
                connection.setAutoCommit(false);
                replace(connection, besides);
                connection.commit();
                return;
            } catch (SQLException e) {
                if (attempt == TRIES || !"40P01".equals(e.getSQLState())) {
                    throw new IllegalStateException(e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void replace(Connection connection, String... besides) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL session_replication_role = replica");
            statement.execute("TRUNCATE " + String.join(", ", rows.keySet()));
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (var table : rows.entrySet()) {
                copy.copyIn("COPY " + table.getKey() + " FROM STDIN", new ByteArrayInputStream(table.getValue()));
            }
            for (var sequence : sequences) {
                var parts = sequence.split(" ", -1);
                statement.execute("SELECT setval('" + parts[0] + "', " + parts[1] + ")");
            }
            for (var sql : besides) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        var strings = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            while (found.next()) {
                strings.add(found.getString(1));
            }
        }
        return strings;
    }
}
