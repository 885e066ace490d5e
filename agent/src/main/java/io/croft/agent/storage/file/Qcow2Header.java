package io.croft.agent.storage.file;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The part of a qcow2 file's header that a store needs.
 *
 * @param virtualSize the disk's size in bytes as a guest sees it
 * @param backingFile the file that it is an overlay on, if any
 * @see <a href="https://www.qemu.org/docs/master/interop/qcow2.html">qcow2 format</a>
 */
record Qcow2Header(long virtualSize, @Nullable String backingFile) {
    private static final int MAGIC = 0x514649FB;
    private static final int LENGTH = 32;
    private static final int BACKING_OFFSET = 8;
    private static final int BACKING_LENGTH = 16;
    private static final int MOST_BACKING = 1023;
    private static final int SIZE_OFFSET = 24;

    static Qcow2Header read(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = bytes(channel, 0, LENGTH);
            if (header.getInt(0) != MAGIC) {
                throw new IOException("not a qcow2 file");
            }
            return new Qcow2Header(header.getLong(SIZE_OFFSET), backingFile(channel, header));
        } catch (IOException e) {
            var failure = new Failure(Failure.Code.STORAGE, file.getFileName() + ": " + e.getMessage(), true);
            throw new StorageException(failure, e);
        }
    }

    private static @Nullable String backingFile(FileChannel channel, ByteBuffer header) throws IOException {
        var at = header.getLong(BACKING_OFFSET);
        var length = header.getInt(BACKING_LENGTH);
        if (at == 0) {
            return null;
        }
        if (length < 1 || length > MOST_BACKING) {
            throw new IOException("the backing file's name has " + length + " bytes");
        }
        return new String(bytes(channel, at, length).array(), StandardCharsets.UTF_8);
    }

    /** {@code length} bytes, to be read from the first on. */
    static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("cut short");
            }
        }
        return bytes.flip();
    }
}
