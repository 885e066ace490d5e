package io.croft.controller.blockstorage.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.UUID;

/** Files and folders that are there whole or not at all, whenever the machine stops. */
final class Durable {
    private Durable() {}

    /** Writes a file that nobody looks for yet. */
    static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A name in {@code folder} that nothing has. */
    static Path aside(Path folder) throws IOException {
        return directory(folder).resolve(UUID.randomUUID().toString());
    }

    /** Moves a file that is durable itself into its place. */
    static void move(Path written, Path file) throws IOException {
        directory(parent(file));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(file));
    }

    /** A folder, made with those above it when missing; only its owner may look into it. */
    static Path directory(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            directory(parent(folder));
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            sync(parent(folder));
        }
        return folder;
    }

    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(parent(file));
        }
    }

    /** Removes all that is in a folder. */
    static void clear(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(directory(folder))) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), path::toString);
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
