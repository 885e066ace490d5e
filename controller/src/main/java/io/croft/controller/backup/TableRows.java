package io.croft.controller.backup;

import io.croft.rest.backup.BackupManifest;
import io.croft.rest.backup.BackupManifest.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** Tables as text by PostgreSQL's COPY, on the connection of the running transaction. */
final class TableRows {
    private final DataSource database;

    TableRows(DataSource database) {
        this.database = database;
    }

    long copyOut(SchemaTables tables, Table table, OutputStream out) throws IOException {
        return copy(c -> c.copyOut(
                "COPY " + tables.qualified(table.name()) + " (" + SchemaTables.list(table) + ") TO STDOUT", out));
    }

    /** Puts an archive's rows and sequences into the scratch schema, whose tables are as the archive's. */
    void fill(JdbcClient jdbc, BackupManifest manifest, ArchiveReader reader) {
        var scratch = SchemaTables.of(jdbc, ScratchSchema.NAME);
        var byName = scratch.tables().stream().collect(Collectors.toMap(Table::name, Function.identity()));
        if (!byName.keySet().equals(manifest.tables().stream().map(Table::name).collect(Collectors.toSet()))
                || !manifest.tables().stream().allMatch(t -> t.equals(byName.get(t.name())))) {
            throw ArchiveReader.damaged("its tables are not those of its migrations", null);
        }
        jdbc.sql("TRUNCATE " + all(scratch)).update();
        jdbc.sql("SET CONSTRAINTS ALL DEFERRED").update();
        reader.rest(manifest, (name, in) -> {
            var table = byName.get(name);
            if (table == null) {
                throw ArchiveReader.damaged("there is no table " + name, null);
            }
            return copyIn(scratch, table, in);
        });
        requireConsistent(jdbc);
        manifest.sequences().forEach((name, next) -> {
            if (scratch.sequences().containsKey(name)) {
                setNext(jdbc, scratch, name, next);
            }
        });
    }

    /** Now, so that a row which another one needs and which is not there is the archive's failure and no later one. */
    private static void requireConsistent(JdbcClient jdbc) {
        try {
            jdbc.sql("SET CONSTRAINTS ALL IMMEDIATE").update();
        } catch (DataIntegrityViolationException e) {
            throw ArchiveReader.damaged("its rows contradict each other", e);
        }
    }

    static String all(SchemaTables tables) {
        return tables.tables().stream().map(t -> tables.qualified(t.name())).collect(Collectors.joining(", "));
    }

    static void setNext(JdbcClient jdbc, SchemaTables tables, String sequence, long next) {
        jdbc.sql("SELECT setval(CAST(:name AS regclass), :next, false)")
                .param("name", tables.qualified(sequence))
                .param("next", next)
                .query(Long.class)
                .single();
    }

    private long copyIn(SchemaTables tables, Table table, InputStream in) throws IOException {
        return copy(c -> c.copyIn(
                "COPY " + tables.qualified(table.name()) + " (" + SchemaTables.list(table) + ") FROM STDIN", in));
    }

    private interface Copy {
        long with(CopyManager manager) throws SQLException, IOException;
    }

    private long copy(Copy copy) throws IOException {
        var connection = DataSourceUtils.getConnection(database);
        try {
            return copy.with(connection.unwrap(PGConnection.class).getCopyAPI());
        } catch (SQLException e) {
            throw refused(e);
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** Rows that the database does not take are the fault of whoever sent them; a full disk or a lost connection is not. */
    private static IOException refused(SQLException failure) {
        var known = new SQLStateSQLExceptionTranslator().translate("copy", null, failure);
        if (known instanceof DataIntegrityViolationException) {
            return new IOException("the database did not take the rows: " + failure.getMessage(), failure);
        }
        throw known == null ? new UncategorizedSQLException("copy", null, failure) : known;
    }
}
