package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A raw disk: its bytes and nothing else, so that only its partition table tells how long it was. Where it has one, an MBR's or a GPT's, its partitions must lie in the file; a
 * file system without a table, a disk with sectors of another size and an ISO image that can be a disk, too, are taken as they are.
 *
 * @see <a href="https://uefi.org/specs/UEFI/2.10/05_GUID_Partition_Table_Format.html">GUID Partition Table</a>
 */
final class RawFile {
    private static final int SECTOR = 512;
    private static final int FIRST_ENTRY = 446;
    private static final int ENTRY = 16;
    private static final int ENTRIES = 4;
    private static final int BOOTS = 0x80;
    private static final int PROTECTS_GPT = 0xee;
    private static final String GPT = "EFI PART";
    private static final int LEAST_GPT_ENTRY = 128;
    private static final int MOST_GPT_ENTRY = 4096;
    private static final int MOST_GPT_ENTRIES = 4096;

    private final DiskBytes file;

    /** @param file little-endian */
    private RawFile(DiskBytes file) {
        this.file = file;
    }

    /**
     * The disk's size in bytes.
     *
     * @param file little-endian
     * @param start its first bytes
     * @throws UnusableDiskException when no machine boots it, or it was cut off
     */
    static long virtualBytes(DiskBytes file, ByteBuffer start) throws IOException {
        if (file.size() % SECTOR != 0) {
            throw new UnusableDiskException("its size is not a multiple of " + SECTOR
                    + " bytes, as a raw disk's is: it was cut off, or is none");
        }
        if (!DiskFormat.isBootSector(start)) {
            throw new UnusableDiskException(
                    "no machine boots it: its first sector is no boot sector, which would end in the bytes 55 aa");
        }
        new RawFile(file).checkPartitions(start.duplicate().order(ByteOrder.LITTLE_ENDIAN));
        return file.size();
    }

    private void checkPartitions(ByteBuffer sector) throws IOException {
        if (!isTable(sector)) {
            return;
        }
        for (var i = 0; i < ENTRIES; i++) {
            var at = FIRST_ENTRY + i * ENTRY;
            var type = Byte.toUnsignedInt(sector.get(at + 4));
            var first = Integer.toUnsignedLong(sector.getInt(at + 8));
            if (type == PROTECTS_GPT) {
                checkGpt();
            } else if (type != 0 && first > 0) {
                requireInside(first + Integer.toUnsignedLong(sector.getInt(at + 12)));
            }
        }
    }

    /** Whether what stands in the place of an MBR's table is one, not the code or the words of a file system's boot sector. */
    private static boolean isTable(ByteBuffer sector) {
        for (var i = 0; i < ENTRIES; i++) {
            var status = Byte.toUnsignedInt(sector.get(FIRST_ENTRY + i * ENTRY));
            if (status != 0 && status != BOOTS) {
                return false;
            }
        }
        return true;
    }

    private void checkGpt() throws IOException {
        if (file.size() < 2 * SECTOR) {
            throw cutOff(2 * SECTOR);
        }
        var header = file.read("its GPT", SECTOR, SECTOR);
        var bytes = header.getInt(84);
        var entries = Integer.toUnsignedLong(header.getInt(80));
        if (!DiskFormat.begins(header, GPT)
                || bytes < LEAST_GPT_ENTRY
                || bytes > MOST_GPT_ENTRY
                || entries > MOST_GPT_ENTRIES) {
            return;
        }
        var at = header.getLong(72);
        if (at < 2 || at > file.size() / SECTOR || entries * bytes > file.size() - at * SECTOR) {
            throw new UnusableDiskException(
                    "its GPT's table of partitions is not there: it was cut off, or is damaged");
        }
        file.table("its GPT", at * SECTOR, entries, bytes, rows -> {
            for (var row = 0; row < rows.limit(); row += bytes) {
                if (rows.getLong(row) != 0 || rows.getLong(row + 8) != 0) {
                    requireInside(rows.getLong(row + 40) + 1);
                }
            }
        });
    }

    private void requireInside(long sectors) {
        if (sectors < 0 || sectors > file.size() / SECTOR) {
            throw cutOff(sectors < 0 || sectors > Long.MAX_VALUE / SECTOR ? Long.MAX_VALUE : sectors * SECTOR);
        }
    }

    private UnusableDiskException cutOff(long bytes) {
        return new UnusableDiskException("its partitions end at byte " + bytes + ", and it has " + file.size()
                + ": it was cut off. Where it is known to be whole, as images that grow at their first start are, make it that"
                + " long: truncate -s " + bytes + " FILE");
    }
}
