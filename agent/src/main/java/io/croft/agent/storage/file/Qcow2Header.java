package io.croft.agent.storage.file;

import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The part of a qcow2 file's header that a store needs.
 *
 * @param virtualSize the disk's size in bytes as a guest sees it
 * @see <a href="https://www.qemu.org/docs/master/interop/qcow2.html">qcow2 format</a>
 */
record Qcow2Header(long virtualSize) {
    private static final int MAGIC = 0x514649FB;
    private static final int LENGTH = 32;
    private static final int SIZE_OFFSET = 24;

    static Qcow2Header read(Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var header = ByteBuffer.allocate(LENGTH);
            while (header.hasRemaining()) {
                if (channel.read(header) < 0) {
                    throw new EOFException("shorter than a qcow2 header");
                }
            }
            if (header.getInt(0) != MAGIC) {
                throw new IOException("not a qcow2 file");
            }
            return new Qcow2Header(header.getLong(SIZE_OFFSET));
        } catch (IOException e) {
            var failure = new Failure(Failure.Code.STORAGE, file.getFileName() + ": " + e.getMessage(), true);
            throw new StorageException(failure, e);
        }
    }
}
