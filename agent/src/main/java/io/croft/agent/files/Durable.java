package io.croft.agent.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes a whole file appear under its name, in place of an older one, so that it is there after a power cut. */
public final class Durable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Durable() {}

    /** Moves {@code folder/from} to {@code folder/to}, contents and name both on disk when it returns. */
    public static void rename(Path folder, String from, String to) throws IOException {
        sync(folder.resolve(from));
        Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** Writes a file that only its owner can read, in place of an older one; whole and on disk when it returns. Its folder is made when missing. */
    public static void writeSecret(Path file, byte[] bytes) throws IOException {
        var half = file.resolveSibling(file.getFileName() + ".new");
        var folder = Files.createDirectories(half.toAbsolutePath().getParent());
        Files.deleteIfExists(half);
        Files.createFile(half, OWNER_ONLY);
        Files.write(half, bytes);
        rename(folder, half.getFileName().toString(), file.getFileName().toString());
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
