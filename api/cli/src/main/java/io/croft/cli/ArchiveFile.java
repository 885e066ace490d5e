package io.croft.cli;

import io.croft.rest.backup.BackupManifest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** An archive on disk, with what opens it. */
record ArchiveFile(Path file, ArchiveKey key) {
    /** Where its blobs are, too. */
    Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /** Its bytes in the clear. */
    InputStream open() throws IOException {
        return SealedArchive.open(key, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /**
     * Reads all of it and says what it holds: after this, no byte of it is wrong and none is missing.
     *
     * @throws CommandFailed when it cannot be used; the message names the file and says why
     */
    BackupManifest check() throws IOException {
        try (var zip = new ZipInputStream(open())) {
            var manifest = manifest(zip);
            var last = "";
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                last = entry.getName();
                zip.transferTo(OutputStream.nullOutputStream());
            }
            if (!last.equals(BackupManifest.END)) {
                throw unusable("the controller did not finish it", null);
            }
            return manifest;
        } catch (SealedArchive.Unusable | ZipException | EOFException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads its beginning alone. */
    BackupManifest manifest() throws IOException {
        try (var zip = new ZipInputStream(open())) {
            return manifest(zip);
        } catch (SealedArchive.Unusable | ZipException | EOFException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    private BackupManifest manifest(ZipInputStream zip) throws IOException {
        var first = zip.getNextEntry();
        if (first == null || !first.getName().equals(BackupManifest.MANIFEST)) {
            throw unusable("it does not begin with what it holds", null);
        }
        try {
            return JsonMapper.shared().readValue(zip.readAllBytes(), BackupManifest.class);
        } catch (JacksonException e) {
            throw unusable("what it holds is of another version", e);
        }
    }

    private CommandFailed unusable(String why, @Nullable Exception cause) {
        return new CommandFailed(file + " cannot be used: " + why, cause);
    }
}
