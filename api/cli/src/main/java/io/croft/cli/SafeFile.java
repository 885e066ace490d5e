package io.croft.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that appear whole and durable or not at all, readable by their owner alone. */
final class SafeFile {
    /** What the name of a file that is being written ends in. */
    static final String ASIDE = ".part";

    private SafeFile() {}

    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    interface Check {
        void look(Path written) throws IOException;
    }

    static void write(Path file, Content content) throws IOException {
        write(file, content, _ -> {});
    }

    /**
     * Writes the file aside, makes it durable, has it checked and moves it into place.
     *
     * @throws CommandFailed when it cannot be written, as on a full disk
     * @param check looks at what was written before anybody else can; the file does not appear when it throws
     */
    static void write(Path file, Content content, Check check) throws IOException {
        var aside = file.resolveSibling(file.getFileName() + ASIDE);
        Files.deleteIfExists(aside);
        try {
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var channel =
                    FileChannel.open(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            } catch (IOException e) {
                throw new CommandFailed(file + " could not be written, nothing of it stays: " + e.getMessage(), e);
            }
            check.look(aside);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(aside);
        }
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
