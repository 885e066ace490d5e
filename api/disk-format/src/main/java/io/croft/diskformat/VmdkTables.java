package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * The tables of a sparse VMDK file: its grain directory, its grain tables, and the grains that they point to, each whole in the file. Every table is read once.
 *
 * @see <a href="https://github.com/libyal/libvmdk/blob/main/documentation/VMWare%20Virtual%20Disk%20Format%20(VMDK).asciidoc">The VMDK format</a>
 */
final class VmdkTables {
    private static final int SECTOR = 512;
    private static final int MAGIC = 0x564d444b;
    private static final int COMPRESSED = 1 << 16;
    private static final long AT_THE_END = -1;
    private static final int GRAIN_MARKER = 12;

    /** Sizes beyond which QEMU opens no file. */
    private static final long MOST_GRAIN_SECTORS = 0x200000;

    private static final int MOST_ENTRIES = 512;
    private static final long MOST_TABLES = 32L << 20;

    private final DiskBytes file;
    private final ByteBuffer header;
    private final long grainBytes;
    private final boolean compressed;
    private final BitSet seen = new BitSet();
    private long grains;

    /** @param header the beginning of the file, which {@link VmdkHeader} has not refused; little-endian */
    VmdkTables(DiskBytes file, ByteBuffer header) {
        this.file = file;
        this.header = header;
        compressed = (header.getInt(8) & COMPRESSED) != 0;
        grainBytes = header.getLong(20) * SECTOR;
    }

    /**
     * Looks at all of them.
     *
     * @throws UnusableDiskException for the first thing that is wrong
     */
    void check() throws IOException {
        var perGrain = header.getLong(20);
        var entries = header.getInt(44);
        if (perGrain <= 0 || perGrain > MOST_GRAIN_SECTORS || entries <= 0 || entries > MOST_ENTRIES) {
            throw damaged("its grains or their tables have a wrong size");
        }
        var tables = Math.ceilDiv(header.getLong(12), perGrain * entries);
        if (tables > MOST_TABLES) {
            throw damaged("its grains are too small for its disk");
        }
        file.table("its grain directory", sectors(directory()), tables, Integer.BYTES, rows -> {
            while (rows.hasRemaining()) {
                var at = Integer.toUnsignedLong(rows.getInt());
                if (at != 0) {
                    grainTable(at, entries);
                }
            }
        });
    }

    /** A disk that was written as a stream has the place of its directory in its last sectors. */
    private long directory() throws IOException {
        var said = header.getLong(56);
        if (said != AT_THE_END) {
            return said;
        }
        var footer = file.read("its footer", file.size() - 2 * SECTOR, SECTOR);
        if (footer.getInt(0) != MAGIC) {
            throw new UnusableDiskException("its footer is missing: it was cut off");
        }
        return footer.getLong(56);
    }

    private void grainTable(long sector, int entries) throws IOException {
        if (seen.get((int) Math.min(sector, Integer.MAX_VALUE))) {
            throw damaged("a grain table is named twice");
        }
        file.require("a grain table", sectors(sector), 1);
        seen.set((int) Math.min(sector, Integer.MAX_VALUE));
        var table = file.read("a grain table", sectors(sector), entries * Integer.BYTES);
        while (table.hasRemaining()) {
            var at = Integer.toUnsignedLong(table.getInt());
            if (at > 1) {
                grain(sectors(at));
            }
        }
    }

    private void grain(long at) throws IOException {
        if (++grains > file.size() / SECTOR) {
            throw damaged("it has more grains than there is room for");
        }
        if (compressed) {
            var length = Integer.toUnsignedLong(
                    file.read("a grain", at, GRAIN_MARKER).getInt(8));
            file.require("a grain", at, GRAIN_MARKER + length);
        } else {
            file.require("a grain", at, Math.min(grainBytes, header.getLong(12) * SECTOR));
        }
    }

    private static long sectors(long sectors) {
        return sectors < 0 || sectors > Long.MAX_VALUE / SECTOR ? Long.MAX_VALUE : sectors * SECTOR;
    }

    private static UnusableDiskException damaged(String what) {
        return new UnusableDiskException(what + ": it is damaged");
    }
}
