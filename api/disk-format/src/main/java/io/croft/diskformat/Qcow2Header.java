package io.croft.diskformat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the first bytes of a qcow2 file say. Reads nothing else of the file and follows no name in it, so that a hostile one can do no harm here; {@link Qcow2Tables} looks at the rest.
 *
 * @param virtualBytes the disk's size in bytes
 * @param refusal why nobody should open the file; null when nothing speaks against it
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst">The qcow2 image format</a>
 */
record Qcow2Header(long virtualBytes, @Nullable String refusal) {
    /** The specification keeps the header and its extensions in the first cluster; the smallest has 512 bytes, and no more than this is looked at. */
    static final int MOST = 64 * 1024;

    private static final int MAGIC = 0x514649fb;
    private static final int V2_LENGTH = 72;
    private static final int V3_LENGTH = 104;
    private static final int SECTOR = 512;
    private static final int EXTERNAL_DATA_FILE = 0x44415441;

    /** Compression other than deflate, and extended L2 entries: the incompatible features that change nothing about where the bytes are. */
    private static final long HARMLESS_FEATURES = 0b11000;

    private static final long DIRTY_OR_CORRUPT = 0b00011;
    private static final long DATA_FILE = 0b00100;

    static Qcow2Header parse(ByteBuffer bytes) {
        if (bytes.limit() < V2_LENGTH || bytes.getInt(0) != MAGIC) {
            return refused("it is not a qcow2 file");
        }
        var version = bytes.getInt(4);
        if (version != 2 && (version != 3 || bytes.limit() < V3_LENGTH)) {
            return refused("its qcow2 version is not 2 or 3");
        }
        var size = bytes.getLong(24);
        var refusal = refusal(bytes, version, size);
        return new Qcow2Header(refusal == null ? size : 0, refusal);
    }

    private static Qcow2Header refused(String why) {
        return new Qcow2Header(0, why);
    }

    private static @Nullable String refusal(ByteBuffer bytes, int version, long size) {
        if (bytes.getLong(8) != 0 || bytes.getInt(16) != 0) {
            return "it has a backing file";
        }
        if (bytes.getInt(20) < 9 || bytes.getInt(20) > 21) {
            return "its cluster size is not one that qcow2 has";
        }
        if (bytes.getInt(32) != 0) {
            return "it is encrypted";
        }
        if (size <= 0 || size % SECTOR != 0) {
            return "its virtual size is not a positive multiple of 512 bytes";
        }
        return version == 2 ? extensions(bytes, V2_LENGTH) : features(bytes);
    }

    private static @Nullable String features(ByteBuffer bytes) {
        var incompatible = bytes.getLong(V2_LENGTH);
        if ((incompatible & DATA_FILE) != 0) {
            return "it keeps its data in another file";
        }
        if ((incompatible & DIRTY_OR_CORRUPT) != 0) {
            return "it was not closed cleanly or is corrupt; repair it with qemu-img check";
        }
        if ((incompatible & ~HARMLESS_FEATURES) != 0) {
            return "it uses features that are not known here";
        }
        var length = bytes.getInt(100);
        return length < V3_LENGTH || length % 8 != 0 ? "its header's length is wrong" : extensions(bytes, length);
    }

    private static @Nullable String extensions(ByteBuffer bytes, int start) {
        long at = start;
        while (at + 8 <= bytes.limit()) {
            var type = bytes.getInt((int) at);
            if (type == 0) {
                return null;
            }
            if (type == EXTERNAL_DATA_FILE) {
                return "it names another file for its data";
            }
            at += 8 + Math.ceilDiv(Integer.toUnsignedLong(bytes.getInt((int) at + 4)), 8L) * 8;
        }
        return "its header's extensions have no end";
    }
}
