package io.croft.agent.storage.file;

import io.croft.agent.storage.DiskSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A qcow2 file in which nothing is written yet, laid out as {@code qemu-img create} does it with its defaults: four clusters of 64 KiB or a few more, for which no process is worth
 * starting. They are the header, the table of reference counts with its one block, and the first level of the tables of data, which has no entry.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qcow2.html">qcow2 format</a>
 */
final class Qcow2Overlay {
    private static final int MAGIC = 0x514649FB;
    private static final int VERSION = 3;
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    /** Of 16 bits, as a power of two. */
    private static final int REFERENCE_ORDER = 4;

    /** For a disk of 4 PiB, and few enough for one block of reference counts. */
    private static final int MOST_CLUSTERS = 1024;
    /** What one entry of the first level stands for: a cluster of entries, each of which stands for one of data. */
    private static final long SECTION = (long) CLUSTER / Long.BYTES * CLUSTER;

    private static final int SECTOR = 512;
    private static final int HEADER_LENGTH = 104;
    private static final int BACKING_FORMAT = 0xE2792ACA;
    private static final int MOST_NAME = 1023;

    private static final int COUNTS = CLUSTER;
    private static final int BLOCK = 2 * CLUSTER;
    private static final int LEVEL_ONE = 3 * CLUSTER;

    private Qcow2Overlay() {}

    /** A file below a disk, its format said outright: a guest writes what it likes into a raw one. */
    record Backing(Path file, DiskSource.Format format) {}

    /**
     * Writes it, in place of a file that is there.
     *
     * @param size the disk's bytes as a guest sees it; rounded up to whole sectors
     * @param backing the file below it, zeros behind its end; null for an empty disk
     * @throws IllegalArgumentException when the format has no room for that
     */
    static void write(Path file, long size, @Nullable Backing backing) throws IOException {
        var rounded = Math.ceilDiv(size, SECTOR) * SECTOR;
        var sections = Math.ceilDiv(rounded, SECTION);
        var clusters = LEVEL_ONE / CLUSTER + Math.ceilDiv(sections * Long.BYTES, CLUSTER);
        if (size < 0 || clusters > MOST_CLUSTERS) {
            throw new IllegalArgumentException("no disk of " + size + " bytes");
        }
        var bytes = ByteBuffer.allocate((int) clusters * CLUSTER);
        header(bytes, rounded, (int) sections, backing);
        bytes.putLong(COUNTS, BLOCK);
        for (var cluster = 0; cluster < clusters; cluster++) {
            bytes.putShort(BLOCK + cluster * Short.BYTES, (short) 1);
        }
        bytes.rewind();
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static void header(ByteBuffer bytes, long size, int sections, @Nullable Backing backing) {
        bytes.putInt(0, MAGIC)
                .putInt(4, VERSION)
                .putInt(20, CLUSTER_BITS)
                .putLong(24, size)
                .putInt(36, sections)
                .putLong(40, LEVEL_ONE)
                .putLong(48, COUNTS)
                .putInt(56, 1)
                .putInt(96, REFERENCE_ORDER)
                .putInt(100, HEADER_LENGTH);
        if (backing != null) {
            backing(
                    bytes,
                    backing.file().toString().getBytes(StandardCharsets.UTF_8),
                    backing.format().qemuName().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Its format stands among the header's extensions, which end with eight zeros; its name comes after them. */
    private static void backing(ByteBuffer bytes, byte[] name, byte[] format) {
        if (name.length > MOST_NAME) {
            throw new IllegalArgumentException("a name of " + name.length + " bytes is too long");
        }
        bytes.position(HEADER_LENGTH);
        bytes.putInt(BACKING_FORMAT).putInt(format.length).put(format);
        var at = Math.ceilDiv(bytes.position(), Long.BYTES) * Long.BYTES + Long.BYTES;
        bytes.putLong(8, at).putInt(16, name.length).put(at, name);
    }
}
