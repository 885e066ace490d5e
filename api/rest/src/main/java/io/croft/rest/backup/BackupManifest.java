package io.croft.rest.backup;

import io.croft.rest.BlobResource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first entry of an archive: what it holds. An archive is a ZIP file of {@link #MANIFEST}, then {@code state/...} for each file of the state directory, then {@code tables/...}
 * for each table (PostgreSQL's COPY in text format), and last {@link #END}; one without its end was cut short.
 *
 * @param format of the archive; {@link #FORMAT}
 * @param taken the moment of the snapshot, ISO-8601 in UTC
 * @param migrations what had been applied to the database, in order
 * @param tables in the order in which their rows can be put in
 * @param sequences the next value of each sequence, by name
 * @param blobs the bytes that the rows refer to, which are kept apart
 * @param settings the controller's own settings by name, without secrets
 */
public record BackupManifest(
        int format,
        String taken,
        List<Migration> migrations,
        List<Table> tables,
        Map<String, Long> sequences,
        List<BlobResource> blobs,
        Map<String, String> settings) {
    public static final int FORMAT = 1;
    public static final String MANIFEST = "manifest.json";
    public static final String STATE = "state/";
    public static final String TABLES = "tables/";
    public static final String END = "end.json";

    public BackupManifest {
        migrations = List.copyOf(migrations);
        tables = List.copyOf(tables);
        sequences = Map.copyOf(sequences);
        blobs = List.copyOf(blobs);
        settings = Map.copyOf(settings);
    }

    /** A migration by its version, and the checksum of its text. */
    public record Migration(
            String version, String description, @Nullable Integer checksum) {}

    /** A table and the columns that its rows are written with. */
    public record Table(String name, List<String> columns) {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /** The last entry: how many rows each table has. */
    public record End(Map<String, Long> rows) {
        public End {
            rows = Map.copyOf(rows);
        }
    }
}
