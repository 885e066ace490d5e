package io.croft.controller.backup;

import io.croft.controller.context.CloudException;
import io.croft.rest.backup.BackupManifest;
import io.croft.rest.backup.BackupManifest.End;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads the form that {@link BackupManifest} describes, in one pass; anything else in it is refused. */
final class ArchiveReader {
    /** Above any key or certificate: an entry is read into memory. */
    private static final int LARGEST_FILE = 1 << 20;

    private static final int LARGEST_MANIFEST = 64 << 20;

    private final ZipInputStream zip;
    private final Map<String, byte[]> files = new HashMap<>();
    private final TreeMap<String, Long> rows = new TreeMap<>();

    ArchiveReader(InputStream in) {
        zip = new ZipInputStream(in);
    }

    /** Takes a table's rows and says how many there were. */
    interface Rows {
        long take(String table, InputStream in) throws IOException;
    }

    /**
     * The first entry.
     *
     * @throws CloudException InvalidParameterValue when there is none, or one of another format
     */
    BackupManifest manifest() {
        try {
            var first = zip.getNextEntry();
            if (first == null || !first.getName().equals(BackupManifest.MANIFEST)) {
                throw damaged("it does not begin as one", null);
            }
            var content = content(LARGEST_MANIFEST);
            var format = JsonMapper.shared().readTree(content).path("format").asInt(0);
            if (format != BackupManifest.FORMAT) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "The archive is of format " + format + "; this controller reads " + BackupManifest.FORMAT
                                + ".");
            }
            return JsonMapper.shared().readValue(content, BackupManifest.class);
        } catch (IOException | JacksonException e) {
            throw damaged("its beginning cannot be read", e);
        }
    }

    /**
     * All that follows.
     *
     * @param tables given each table as it comes
     * @throws CloudException InvalidParameterValue when it is damaged, or does not hold what it says
     */
    void rest(BackupManifest manifest, Rows tables) {
        try {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = entry.getName();
                if (name.equals(BackupManifest.END)) {
                    requireWhole(manifest, JsonMapper.shared().readValue(content(LARGEST_MANIFEST), End.class));
                    return;
                }
                if (name.startsWith(BackupManifest.STATE)) {
                    files.put(name.substring(BackupManifest.STATE.length()), content(LARGEST_FILE));
                } else if (name.startsWith(BackupManifest.TABLES)) {
                    var table = name.substring(BackupManifest.TABLES.length());
                    rows.put(table, tables.take(table, zip));
                } else {
                    throw damaged("it holds " + name + ", which nobody knows", null);
                }
            }
        } catch (IOException | JacksonException e) {
            throw damaged("it ends early or was changed", e);
        }
        throw damaged("it was cut short", null);
    }

    private void requireWhole(BackupManifest manifest, End end) {
        if (!rows.equals(end.rows()) || manifest.tables().size() != rows.size()) {
            throw damaged("its tables do not have the rows that it says", null);
        }
    }

    /** The files of the state directory, by name. */
    Map<String, byte[]> files() {
        return Map.copyOf(files);
    }

    Map<String, Long> rows() {
        return Map.copyOf(rows);
    }

    private byte[] content(int most) throws IOException {
        var content = zip.readNBytes(most + 1);
        if (content.length > most) {
            throw damaged("an entry is larger than " + most + " bytes", null);
        }
        return content;
    }

    static CloudException damaged(String why, @Nullable Exception cause) {
        return new CloudException(
                ErrorCode.INVALID_PARAMETER_VALUE, "The archive cannot be used: " + why + ".", "", cause);
    }
}
