package io.croft.controller.backup;

import io.croft.rest.backup.BackupManifest;
import io.croft.rest.backup.BackupManifest.End;
import java.io.IOException;
import java.io.OutputStream;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.json.JsonMapper;

/** Writes the form that {@link BackupManifest} describes, entry by entry as it comes. */
final class ArchiveWriter {
    private final ZipOutputStream zip;
    private final TreeMap<String, Long> rows = new TreeMap<>();

    ArchiveWriter(OutputStream out) {
        zip = new ZipOutputStream(out);
    }

    /** Writes a table's rows and says how many. */
    interface Rows {
        long writeTo(OutputStream out) throws IOException;
    }

    void manifest(BackupManifest manifest) throws IOException {
        entry(BackupManifest.MANIFEST, JsonMapper.shared().writeValueAsBytes(manifest));
    }

    void file(String name, byte[] content) throws IOException {
        entry(BackupManifest.STATE + name, content);
    }

    void table(String name, Rows source) throws IOException {
        zip.putNextEntry(new ZipEntry(BackupManifest.TABLES + name));
        rows.put(name, source.writeTo(zip));
        zip.closeEntry();
    }

    /** Writes the end; without it, nobody takes the archive. */
    void end() throws IOException {
        entry(BackupManifest.END, JsonMapper.shared().writeValueAsBytes(new End(rows)));
        zip.finish();
        zip.flush();
    }

    private void entry(String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
