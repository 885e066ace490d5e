package io.croft.controller.blockstorage.snapshot.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes one pack: frames, then an index by which they can be found without any manifest. */
final class PackWriter implements AutoCloseable {
    static final byte[] MAGIC = "CROFTPK1".getBytes(StandardCharsets.US_ASCII);
    private static final int INDEX_ENTRY = BlockId.BYTES + 2 * Integer.BYTES;

    private final Path file;
    private final FileChannel channel;
    private final MessageDigest whole = Checksums.sha256();
    private ByteBuffer index = ByteBuffer.allocate(64 * INDEX_ENTRY);
    private int size;

    PackWriter(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        append(MAGIC);
    }

    /** Adds a frame; returns where it begins. */
    int add(byte[] frame) throws IOException {
        var offset = size;
        append(frame);
        if (!index.hasRemaining()) {
            index = ByteBuffer.allocate(2 * index.capacity()).put(index.flip());
        }
        Frame.id(frame).write(index);
        index.putInt(offset).putInt(frame.length);
        return offset;
    }

    /** Bytes so far. */
    int size() {
        return size;
    }

    Path file() {
        return file;
    }

    /** Ends the pack and makes it durable; returns its name, the SHA-256 of its bytes. */
    String finish() throws IOException {
        var began = size;
        var entries = new byte[index.position()];
        index.flip().get(entries);
        append(entries);
        append(ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(began)
                .putInt(entries.length / INDEX_ENTRY)
                .array());
        append(Checksums.sha256().digest(entries));
        append(MAGIC);
        channel.force(true);
        return HexFormat.of().formatHex(whole.digest());
    }

    private void append(byte[] bytes) throws IOException {
        whole.update(bytes);
        var left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        size = Math.addExact(size, bytes.length);
    }

    /** Ends it; the file goes too, unless it was put elsewhere. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
