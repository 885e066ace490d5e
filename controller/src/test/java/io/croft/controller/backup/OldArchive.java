package io.croft.controller.backup;

import io.croft.controller.context.StateDirectory;
import io.croft.rest.backup.BackupManifest;
import io.croft.rest.backup.BackupManifest.Migration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An archive as an older controller would have written it, of a schema that was migrated only so far. */
final class OldArchive {
    private OldArchive() {}

    static byte[] of(JdbcClient database, Flyway flyway, String schema, StateDirectory directory) throws IOException {
        var tables = SchemaTables.of(database, schema);
        var applied = Arrays.stream(Flyway.configure()
                        .configuration(flyway.getConfiguration())
                        .schemas(schema)
                        .defaultSchema(schema)
                        .load()
                        .info()
                        .applied())
                .filter(m -> m.getVersion() != null)
                .map(m -> new Migration(m.getVersion().getVersion(), m.getDescription(), m.getChecksum()))
                .toList();
        var out = new ByteArrayOutputStream();
        var archive = new ArchiveWriter(out);
        archive.manifest(new BackupManifest(
                BackupManifest.FORMAT,
                "2026-01-01T00:00:00Z",
                applied,
                tables.tables(),
                tables.sequences(),
                List.of(),
                Map.of()));
        for (var file : List.of("ca/ca.key", "ca/ca.crt", "master.key")) {
            archive.file(file, directory.read(file).orElseThrow());
        }
        var rows = new TableRows(flyway.getConfiguration().getDataSource());
        for (var table : tables.tables()) {
            archive.table(table.name(), to -> rows.copyOut(tables, table, to));
        }
        archive.end();
        return out.toByteArray();
    }
}
