package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A VHD file, as Virtual PC and Azure write it: a fixed one is a raw disk with a footer behind it, a dynamic one has a table of the blocks that it holds.
 *
 * @see <a href="https://github.com/libyal/libvhdi/blob/main/documentation/Virtual%20Hard%20Disk%20(VHD)%20image%20format.asciidoc">The VHD format</a>
 */
final class VhdFile {
    static final int FOOTER = 512;
    private static final byte[] COOKIE = "conectix".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] DYNAMIC_COOKIE = "cxsparse".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SECTOR = 512;
    private static final int FIXED = 2;
    private static final int DYNAMIC = 3;
    private static final int DIFFERENCING = 4;
    private static final int UNUSED = -1;
    private static final int LARGEST_BLOCK = 256 << 20;

    private VhdFile() {}

    /** Whether the bytes are a footer's: the last of every such file, and the first of a dynamic one's. */
    static boolean isFooter(ByteBuffer bytes) {
        return begins(bytes, COOKIE);
    }

    private static boolean begins(ByteBuffer bytes, byte[] cookie) {
        return bytes.limit() >= cookie.length && bytes.slice(0, cookie.length).equals(ByteBuffer.wrap(cookie));
    }

    /**
     * The disk's size in bytes, once all that the file says of itself holds.
     *
     * @throws UnusableDiskException for the first thing that does not
     */
    static long virtualBytes(DiskBytes file) throws IOException {
        var footer = file.read("its footer", Math.max(0, file.size() - FOOTER), FOOTER);
        if (!isFooter(footer)) {
            throw new UnusableDiskException("its footer is missing: it was cut off");
        }
        var size = footer.getLong(48);
        if (size <= 0 || size % SECTOR != 0) {
            throw new UnusableDiskException("its virtual size is not a positive multiple of " + SECTOR + " bytes");
        }
        switch (footer.getInt(60)) {
            case FIXED -> {
                if (size != file.size() - FOOTER) {
                    throw new UnusableDiskException("its footer says that its disk has " + size + " bytes, and "
                            + (file.size() - FOOTER) + " are there: it was cut off, or is damaged");
                }
            }
            case DYNAMIC -> blocks(file, footer.getLong(16), size);
            case DIFFERENCING -> throw new UnusableDiskException("it has a parent, as a backing file");
            default -> throw new UnusableDiskException("it is a VHD of a kind that is not known");
        }
        return size;
    }

    private static void blocks(DiskBytes file, long at, long size) throws IOException {
        var header = file.read("its header", at, 1024);
        if (!begins(header, DYNAMIC_COOKIE)) {
            throw new UnusableDiskException("its header is not where it belongs: it is damaged");
        }
        var block = header.getInt(32);
        var entries = Integer.toUnsignedLong(header.getInt(28));
        if (block < SECTOR || block > LARGEST_BLOCK || Integer.bitCount(block) != 1) {
            throw new UnusableDiskException("its blocks have a wrong size: it is damaged");
        }
        if (entries < Math.ceilDiv(size, (long) block)) {
            throw new UnusableDiskException("its table of blocks is too small for its disk: it is damaged");
        }
        var bitmap = Math.ceilDiv(block / SECTOR / Byte.SIZE, SECTOR) * SECTOR;
        file.table("its table of blocks", header.getLong(16), entries, Integer.BYTES, rows -> {
            while (rows.hasRemaining()) {
                var sector = rows.getInt();
                if (sector != UNUSED) {
                    file.require("a block", Integer.toUnsignedLong(sector) * SECTOR, (long) bitmap + block + FOOTER);
                }
            }
        });
    }
}
