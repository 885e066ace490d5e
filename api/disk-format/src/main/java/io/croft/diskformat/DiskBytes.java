package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** An open disk file, of which any part can be read; what lies outside it refuses the file. */
final class DiskBytes {
    private static final int CHUNK = 1 << 20;

    private final FileChannel channel;
    private final ByteOrder order;
    private final long size;

    DiskBytes(FileChannel channel, ByteOrder order) throws IOException {
        this.channel = channel;
        this.order = order;
        this.size = channel.size();
    }

    long size() {
        return size;
    }

    /**
     * Does nothing when so many bytes are there.
     *
     * @param what of the file it is, as the beginning of a sentence
     * @throws UnusableDiskException when some lie outside
     */
    void require(String what, long at, long length) {
        if (at < 0 || length < 0 || at > size || length > size - at) {
            throw new UnusableDiskException(
                    what + " lies outside the file, which has " + size + " bytes: it was cut off, or is damaged");
        }
    }

    /**
     * Reads so many bytes.
     *
     * @throws UnusableDiskException when some lie outside the file
     */
    ByteBuffer read(String what, long at, int length) throws IOException {
        require(what, at, length);
        var bytes = ByteBuffer.allocate(length).order(order);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new UnusableDiskException("it became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    /** Takes a part of a table. */
    @FunctionalInterface
    interface Rows {
        void take(ByteBuffer rows) throws IOException;
    }

    /**
     * Reads a table in pieces of whole rows, so that its size needs no memory.
     *
     * @throws UnusableDiskException when some of it lies outside the file
     */
    void table(String what, long at, long rows, int rowBytes, Rows each) throws IOException {
        if (rows < 0 || rows > size / rowBytes) {
            require(what, at, Long.MAX_VALUE);
        }
        require(what, at, rows * rowBytes);
        var most = CHUNK / rowBytes;
        for (var done = 0L; done < rows; done += most) {
            each.take(read(what, at + done * rowBytes, (int) Math.min(most, rows - done) * rowBytes));
        }
    }
}
