package io.croft.controller.blockstorage.snapshot.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Objects as files of a directory on the controller's own disk. */
public final class DirectoryObjectStore implements ObjectStore {
    private final Path root;

    /** The files put must lie on the same file system. */
    public DirectoryObjectStore(Path root) {
        this.root = root;
    }

    @Override
    public void put(String name, Path whole) throws IOException {
        Durable.move(whole, root.resolve(name));
    }

    @Override
    public byte[] read(String name, long offset, int length) throws IOException {
        try (var channel = FileChannel.open(root.resolve(name), StandardOpenOption.READ)) {
            var bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw new EOFException(name + " ends before " + (offset + length));
                }
            }
            return bytes.array();
        }
    }

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(root.resolve(name));
    }

    @Override
    public long size(String name) throws IOException {
        return Files.size(root.resolve(name));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        try (var files = Files.newDirectoryStream(root.resolve(folder))) {
            var names = new ArrayList<String>();
            files.forEach(f -> names.add(f.getFileName().toString()));
            names.sort(null);
            return names;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
    }

    @Override
    public void remove(String name) throws IOException {
        Durable.delete(root.resolve(name));
    }
}
