package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A VDI file, as VirtualBox writes it: a header, a map of blocks, the blocks.
 *
 * @see <a href="https://github.com/qemu/qemu/blob/master/block/vdi.c">The VDI format, as QEMU reads it</a>
 */
final class VdiFile {
    static final int SIGNATURE_AT = 0x40;
    static final int SIGNATURE = 0xbeda107f;
    private static final int HEADER = 512;
    private static final int SECTOR = 512;
    private static final int DYNAMIC = 1;
    private static final int STATIC = 2;
    private static final int BLOCK = 1 << 20;

    /** From here on an entry of the map says that there is no block. */
    private static final long NONE = 0xffff_fffeL;

    private VdiFile() {}

    /**
     * The disk's size in bytes, once all that the file says of itself holds.
     *
     * @throws UnusableDiskException for the first thing that does not
     */
    static long virtualBytes(DiskBytes file) throws IOException {
        var header = file.read("its header", 0, HEADER);
        var kind = header.getInt(0x4c);
        if (isSet(header, 0x1a8) || isSet(header, 0x1b8) || (kind != DYNAMIC && kind != STATIC)) {
            throw new UnusableDiskException(
                    "it has a parent, as a backing file, or is a VDI of a kind that is not known");
        }
        var size = header.getLong(0x170);
        if (size <= 0 || size % SECTOR != 0) {
            throw new UnusableDiskException("its virtual size is not a positive multiple of " + SECTOR + " bytes");
        }
        var blocks = Integer.toUnsignedLong(header.getInt(0x180));
        if (header.getInt(0x178) != BLOCK
                || header.getInt(0x168) != SECTOR
                || blocks < Math.ceilDiv(size, (long) BLOCK)) {
            throw new UnusableDiskException("its blocks do not make up its disk: it is damaged");
        }
        var data = Integer.toUnsignedLong(header.getInt(0x158));
        file.table("its map of blocks", Integer.toUnsignedLong(header.getInt(0x154)), blocks, Integer.BYTES, rows -> {
            while (rows.hasRemaining()) {
                var block = Integer.toUnsignedLong(rows.getInt());
                if (block < NONE) {
                    file.require("a block", data + block * BLOCK, BLOCK);
                }
            }
        });
        return size;
    }

    /** Whether a UUID is there. */
    private static boolean isSet(ByteBuffer header, int at) {
        return header.getLong(at) != 0 || header.getLong(at + Long.BYTES) != 0;
    }
}
