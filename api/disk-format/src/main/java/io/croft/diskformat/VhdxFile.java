package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A VHDX file, as Hyper-V writes it: regions, of which one holds what the disk is and one the table of its blocks.
 *
 * @see <a href="https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-vhdx/">MS-VHDX</a>
 */
final class VhdxFile {
    static final String SIGNATURE = "vhdxfile";
    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;
    private static final int SECTOR = 512;
    private static final int[] HEADERS = {64 * KIB, 128 * KIB};
    private static final int[] REGION_TABLES = {192 * KIB, 256 * KIB};
    private static final int ENTRY = 32;
    private static final int MOST_REGIONS = 2047;
    private static final int MOST_ITEMS = 2047;
    private static final int LARGEST_BLOCK = 256 * MIB;
    private static final UUID BLOCKS = UUID.fromString("2dc27766-f623-4200-9d64-115e9bfd4a08");
    private static final UUID METADATA = UUID.fromString("8b7ca206-4790-4b9a-b8fe-575f050f886e");
    private static final UUID PARAMETERS = UUID.fromString("caa16737-fa36-4d43-b3b6-33f0aa44e76b");
    private static final UUID DISK_SIZE = UUID.fromString("2fa54224-cd1b-4876-b211-5dbed83bf4b8");
    private static final UUID SECTOR_SIZE = UUID.fromString("8141bf1d-a96f-4709-ba47-f233a8faab5f");
    private static final int HAS_PARENT = 0b10;
    private static final int STATE = 0b111;
    private static final int PRESENT = 6;

    /** So many sectors' bitmaps share one, of 1 MiB, that stands among the blocks of the table. */
    private static final long BITMAP_SECTORS = 1L << 23;

    private VhdxFile() {}

    private record Part(long at, long length) {}

    /**
     * The disk's size in bytes, once all that the file says of itself holds.
     *
     * @throws UnusableDiskException for the first thing that does not
     */
    static long virtualBytes(DiskBytes file) throws IOException {
        requireClosed(file);
        var regions = regions(file);
        var items = items(file, part(regions, METADATA));
        var parameters = file.read("its metadata", part(items, PARAMETERS).at(), 8);
        var size = file.read("its metadata", part(items, DISK_SIZE).at(), 8).getLong(0);
        var sector = file.read("its metadata", part(items, SECTOR_SIZE).at(), 4).getInt(0);
        if ((parameters.getInt(4) & HAS_PARENT) != 0) {
            throw new UnusableDiskException("it has a parent, as a backing file");
        }
        var block = parameters.getInt(0);
        if (size <= 0
                || size % SECTOR != 0
                || block < MIB
                || block > LARGEST_BLOCK
                || Integer.bitCount(block) != 1
                || (sector != SECTOR && sector != 4096)) {
            throw damaged("its metadata hold a size that cannot be");
        }
        blocks(file, part(regions, BLOCKS), size, block, BITMAP_SECTORS * sector / block);
        return size;
    }

    /** The newer of the two headers tells whether there is a log to be played back. */
    private static void requireClosed(DiskBytes file) throws IOException {
        ByteBuffer newest = null;
        for (var at : HEADERS) {
            var header = file.read("its header", at, 4 * KIB);
            if (begins(header, "head") && (newest == null || header.getLong(8) > newest.getLong(8))) {
                newest = header;
            }
        }
        if (newest == null) {
            throw damaged("its header is not where it belongs");
        }
        if (newest.getLong(48) != 0 || newest.getLong(56) != 0) {
            throw new UnusableDiskException("it was not closed cleanly; repair it with qemu-img check");
        }
    }

    private static Map<UUID, Part> regions(DiskBytes file) throws IOException {
        for (var at : REGION_TABLES) {
            var table = file.read("its table of regions", at, 64 * KIB);
            if (begins(table, "regi")) {
                return parts(table, 16, Math.min(table.getInt(8), MOST_REGIONS), 0, true);
            }
        }
        throw damaged("its table of regions is not where it belongs");
    }

    private static Map<UUID, Part> items(DiskBytes file, Part region) throws IOException {
        var table = file.read("its metadata", region.at(), 64 * KIB);
        if (!begins(table, "metadata")) {
            throw damaged("its metadata are not where they belong");
        }
        return parts(table, 32, Math.min(Short.toUnsignedInt(table.getShort(10)), MOST_ITEMS), region.at(), false);
    }

    private static Map<UUID, Part> parts(ByteBuffer table, int start, int count, long base, boolean wide) {
        var parts = new HashMap<UUID, Part>();
        for (var i = 0; i < count; i++) {
            var at = start + i * ENTRY;
            var offset = wide ? table.getLong(at + 16) : Integer.toUnsignedLong(table.getInt(at + 16));
            var length = Integer.toUnsignedLong(table.getInt(at + (wide ? 24 : 20)));
            parts.put(uuid(table, at), new Part(base + offset, length));
        }
        return parts;
    }

    private static Part part(Map<UUID, Part> parts, UUID name) {
        var part = parts.get(name);
        if (part == null) {
            throw damaged("a part that every such file has is missing");
        }
        return part;
    }

    private static void blocks(DiskBytes file, Part table, long size, long block, long between) throws IOException {
        var blocks = Math.ceilDiv(size, block);
        var entries = blocks + (blocks - 1) / between;
        if (entries > table.length() / Long.BYTES) {
            throw damaged("its table of blocks is too small for its disk");
        }
        var number = new long[1];
        file.table("its table of blocks", table.at(), entries, Long.BYTES, rows -> {
            while (rows.hasRemaining()) {
                var entry = rows.getLong();
                var isBitmap = number[0]++ % (between + 1) == between;
                if (!isBitmap && (entry & STATE) == PRESENT) {
                    file.require("a block", entry >>> 20 << 20, block);
                }
            }
        });
    }

    private static boolean begins(ByteBuffer bytes, String signature) {
        return bytes.slice(0, signature.length())
                .equals(ByteBuffer.wrap(signature.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Microsoft's order of bytes: the first three groups little-endian. */
    private static UUID uuid(ByteBuffer bytes, int at) {
        var high = Integer.toUnsignedLong(bytes.getInt(at)) << 32
                | Short.toUnsignedLong(bytes.getShort(at + 4)) << 16
                | Short.toUnsignedLong(bytes.getShort(at + 6));
        return new UUID(high, Long.reverseBytes(bytes.getLong(at + 8)));
    }

    private static UnusableDiskException damaged(String what) {
        return new UnusableDiskException(what + ": it is damaged");
    }
}
