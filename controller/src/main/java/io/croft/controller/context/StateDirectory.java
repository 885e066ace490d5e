package io.croft.controller.context;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * The directory that holds what the database must not: keys, tokens and blobs. Files are written aside with mode 0600, made durable and moved into
 * place, so that one is whole or not there; a file that is there is never replaced.
 */
@Component
public final class StateDirectory {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path root;

    StateDirectory(CroftProperties properties, ObjectProvider<StatePreparation> preparations) {
        this.root = properties.stateDir();
        preparations.orderedStream().forEach(p -> p.prepare(this));
    }

    /**
     * A directory in it, mode 0700, made when missing.
     *
     * @throws UncheckedIOException when it cannot be made
     */
    public Path directory(String name) {
        try {
            Files.createDirectories(root);
            return Files.createDirectories(
                    root.resolve(name),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file's content; when it is not there, {@code maker}'s, written first.
     *
     * @param name relative to the directory
     * @throws UncheckedIOException when it can be neither read nor written
     */
    public byte[] readOrMake(String name, Supplier<byte[]> maker) {
        var file = root.resolve(name);
        try {
            if (!Files.exists(file)) {
                write(file, maker.get());
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The file's content; empty when it is not there.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(root.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the file, over what is there.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public void replace(String name, byte[] content) {
        try {
            write(root.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        var aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(aside, NEW, mode)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
