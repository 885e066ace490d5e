package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * The tables of a qcow2 file: every one must be where its bytes are in the file, point only into it, and share its clusters with nothing else. So a file that was cut
 * off, or is damaged as {@code qemu-img check} finds it, is refused before a machine reads zeros where its system was.
 *
 * <p>Each table is read once, so the time is bounded by the file's size; a few bits are kept for each of its clusters.
 *
 * @see <a href="https://gitlab.com/qemu-project/qemu/-/blob/master/docs/interop/qcow2.rst">The qcow2 image format</a>
 */
final class Qcow2Tables {
    private static final long OFFSET = 0x00ff_ffff_ffff_fe00L;
    private static final long COMPRESSED = 1L << 62;
    private static final int SECTOR = 512;
    private static final long EXTENDED_L2 = 0b10000;
    private static final long BITMAPS_HOLD = 0b1;
    private static final int BITMAPS = 0x23852875;

    /** The sizes beyond which QEMU opens no file. */
    private static final long MOST_L1_BYTES = 32L << 20;

    private static final long MOST_REFCOUNT_BYTES = 8L << 20;
    private static final int MOST_ITEMS = 65_536;
    private static final int MOST_LIST_BYTES = 64 << 20;

    /** 16 TiB in clusters of the usual 64 KiB; more would need too much memory here. */
    private static final long MOST_CLUSTERS = 1L << 28;

    private final DiskBytes file;
    private final ByteBuffer header;
    private final int clusterBits;
    private final int clusterBytes;
    private final int entryBytes;
    private final boolean hasSnapshots;
    private final BitSet tables = new BitSet();
    private final BitSet secondLevel = new BitSet();
    private final BitSet data = new BitSet();
    private final BitSet packed = new BitSet();

    /** @param header the beginning of the file, which {@link Qcow2Header} has not refused */
    Qcow2Tables(DiskBytes file, ByteBuffer header) {
        this.file = file;
        this.header = header;
        clusterBits = header.getInt(20);
        clusterBytes = 1 << clusterBits;
        entryBytes = header.getInt(4) == 3 && (header.getLong(72) & EXTENDED_L2) != 0 ? 16 : 8;
        hasSnapshots = header.getInt(60) != 0;
    }

    /**
     * Looks at all of them.
     *
     * @throws UnusableDiskException for the first thing that is wrong
     */
    void check() throws IOException {
        if (file.size() >> clusterBits > MOST_CLUSTERS) {
            throw new UnusableDiskException("it has more clusters than can be looked at: convert it to larger ones");
        }
        claim("its header", 0, clusterBytes);
        refcounts();
        firstLevel("its L1 table", header.getLong(40), Integer.toUnsignedLong(header.getInt(36)), true);
        snapshots();
        if (header.getInt(4) == 3 && (header.getLong(88) & BITMAPS_HOLD) != 0) {
            bitmaps();
        }
    }

    private void refcounts() throws IOException {
        var bytes = Integer.toUnsignedLong(header.getInt(56)) << clusterBits;
        if (bytes == 0 || bytes > MOST_REFCOUNT_BYTES) {
            throw damaged("its refcount table has a wrong size");
        }
        var at = header.getLong(48);
        claim("its refcount table", at, bytes);
        file.table("its refcount table", at, bytes / Long.BYTES, Long.BYTES, rows -> {
            while (rows.hasRemaining()) {
                var block = rows.getLong();
                if (block != 0) {
                    claim("a refcount block", block, clusterBytes);
                }
            }
        });
    }

    private void firstLevel(String what, long at, long entries, boolean active) throws IOException {
        var bytes = entries * Long.BYTES;
        if (bytes > MOST_L1_BYTES) {
            throw damaged(what + " is too large");
        }
        var covered = (long) (clusterBytes / entryBytes) << clusterBits;
        if (active && entries < Math.ceilDiv(header.getLong(24), covered)) {
            throw damaged(what + " is too small for its disk");
        }
        if (entries == 0) {
            return;
        }
        file.require(what, at, bytes);
        claim(what, at, bytes);
        file.table(what, at, entries, Long.BYTES, rows -> {
            while (rows.hasRemaining()) {
                secondLevel(rows.getLong() & OFFSET, active);
            }
        });
    }

    private void secondLevel(long at, boolean active) throws IOException {
        if (at == 0) {
            return;
        }
        if (!active && at % clusterBytes == 0 && at < file.size() && secondLevel.get((int) (at >> clusterBits))) {
            return;
        }
        file.require("an L2 table", at, clusterBytes);
        claim("an L2 table", at, clusterBytes);
        secondLevel.set((int) (at >> clusterBits));
        var entries = file.read("an L2 table", at, clusterBytes);
        for (var i = 0; i < clusterBytes; i += entryBytes) {
            var entry = entries.getLong(i);
            if ((entry & COMPRESSED) != 0) {
                compressed(entry);
            } else if ((entry & OFFSET) != 0) {
                plain(entry & OFFSET);
            }
        }
    }

    private void plain(long at) {
        requireInside("a data cluster", at, clusterBytes);
        var cluster = (int) (at >> clusterBits);
        if (tables.get(cluster) || packed.get(cluster) || (data.get(cluster) && !hasSnapshots)) {
            throw overlaps("a data cluster");
        }
        data.set(cluster);
    }

    /** Compressed data begin and end anywhere, and share clusters with others of their kind. */
    private void compressed(long entry) {
        var split = 62 - (clusterBits - 8);
        var at = entry & ((1L << split) - 1);
        var sectors = (entry & (COMPRESSED - 1)) >>> split;
        var last = (at / SECTOR + sectors) * SECTOR;
        file.require("a compressed cluster", Math.max(at, last), 1);
        for (var cluster = at >> clusterBits; cluster <= last >> clusterBits; cluster++) {
            if (tables.get((int) cluster) || data.get((int) cluster)) {
                throw overlaps("a compressed cluster");
            }
            packed.set((int) cluster);
        }
    }

    private void snapshots() throws IOException {
        var count = Integer.toUnsignedLong(header.getInt(60));
        if (count > MOST_ITEMS) {
            throw damaged("it has too many snapshots");
        }
        var start = header.getLong(64);
        var at = start;
        for (var i = 0; i < count; i++) {
            var fixed = file.read("its table of snapshots", at, 40);
            var length = 40L
                    + Integer.toUnsignedLong(fixed.getInt(36))
                    + Short.toUnsignedInt(fixed.getShort(12))
                    + Short.toUnsignedInt(fixed.getShort(14));
            if (at + length - start > MOST_LIST_BYTES) {
                throw damaged("its table of snapshots is too large");
            }
            file.require("its table of snapshots", at, length);
            firstLevel("the L1 table of a snapshot", fixed.getLong(0), Integer.toUnsignedLong(fixed.getInt(8)), false);
            at += Math.ceilDiv(length, Long.BYTES) * Long.BYTES;
        }
        if (count > 0) {
            claim("its table of snapshots", start, at - start);
        }
    }

    /** What a backup noted of changes: QEMU reads it before anything else, and opens no file in which it is not whole. */
    private void bitmaps() throws IOException {
        for (var at = header.getInt(100); at + 8 <= header.limit() && header.getInt(at) != 0; ) {
            var length = Integer.toUnsignedLong(header.getInt(at + 4));
            if (header.getInt(at) == BITMAPS && at + 32 <= header.limit()) {
                bitmaps(
                        Integer.toUnsignedLong(header.getInt(at + 8)),
                        header.getLong(at + 16),
                        header.getLong(at + 24));
            }
            at = (int) Math.min(header.limit(), at + 8 + Math.ceilDiv(length, 8L) * 8);
        }
    }

    private void bitmaps(long count, long bytes, long start) throws IOException {
        if (count > MOST_ITEMS || bytes <= 0 || bytes > MOST_LIST_BYTES) {
            throw damaged("its table of bitmaps has a wrong size");
        }
        claim("its table of bitmaps", start, bytes);
        var at = start;
        for (var i = 0; i < count; i++) {
            var fixed = file.read("its table of bitmaps", at, 24);
            bitmap(fixed.getLong(0), Integer.toUnsignedLong(fixed.getInt(8)));
            var length = 24L + Integer.toUnsignedLong(fixed.getInt(20)) + Short.toUnsignedInt(fixed.getShort(18));
            at += Math.ceilDiv(length, Long.BYTES) * Long.BYTES;
            if (at - start > bytes) {
                throw damaged("its table of bitmaps is too small");
            }
        }
    }

    private void bitmap(long at, long entries) throws IOException {
        if (entries == 0) {
            return;
        }
        file.require("the table of a bitmap", at, entries * Long.BYTES);
        claim("the table of a bitmap", at, entries * Long.BYTES);
        file.table("the table of a bitmap", at, entries, Long.BYTES, rows -> {
            while (rows.hasRemaining()) {
                var cluster = rows.getLong() & OFFSET;
                if (cluster != 0) {
                    claim("a bitmap", cluster, clusterBytes);
                }
            }
        });
    }

    /** Clusters that nothing else may have. */
    private void claim(String what, long at, long length) {
        requireInside(what, at, length);
        for (var cluster = (int) (at >> clusterBits); cluster <= (int) ((at + length - 1) >> clusterBits); cluster++) {
            if (tables.get(cluster) || data.get(cluster) || packed.get(cluster)) {
                throw overlaps(what);
            }
            tables.set(cluster);
        }
    }

    /** The file may end within its last cluster. */
    private void requireInside(String what, long at, long length) {
        if (at % clusterBytes != 0) {
            throw damaged(what + " does not begin where a cluster does");
        }
        file.require(what, at, 1);
        file.require(what, at, Math.max(1, length - clusterBytes + 1));
    }

    private static UnusableDiskException damaged(String what) {
        return new UnusableDiskException(what + ": it is damaged");
    }

    private static UnusableDiskException overlaps(String what) {
        return damaged(what + " overlaps with something else of the file");
    }
}
