package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A disk file that nothing speaks against: its header is sound, it names no other file, and its tables point to what is there.
 *
 * @param virtualBytes the disk's size in bytes
 */
public record DiskFile(DiskFormat format, long virtualBytes) {
    private static final int SECTOR = 512;

    /**
     * Looks at a file.
     *
     * @param said the format that it is said to have; null to go by its bytes
     * @throws UnusableDiskException when it has another format or none that is known, or when something in it makes it dangerous or useless
     * @throws IOException when it cannot be read
     */
    public static DiskFile inspect(Path file, @Nullable DiskFormat said) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnusableDiskException("it is a directory, not a disk file");
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() == 0) {
                throw new UnusableDiskException("it is empty");
            }
            return inspect(channel, said);
        }
    }

    private static DiskFile inspect(FileChannel channel, @Nullable DiskFormat said) throws IOException {
        var bytes = new DiskBytes(channel, ByteOrder.BIG_ENDIAN);
        var start = bytes.read("its beginning", 0, (int) Math.min(Qcow2Header.MOST, bytes.size()));
        var end = bytes.read("its end", Math.max(0, bytes.size() - SECTOR), (int) Math.min(SECTOR, bytes.size()));
        var found = DiskFormat.of(start, end);
        var format = said == null ? found.orElse(null) : said;
        if (format == null) {
            throw new UnusableDiskException(unknown(start));
        }
        if (found.isPresent() && found.get() != format && found.get() != DiskFormat.RAW) {
            throw new UnusableDiskException("it is said to be " + format.lowerName() + " and is "
                    + found.get().lowerName());
        }
        return new DiskFile(format, virtualBytes(format, channel, bytes, start));
    }

    private static String unknown(ByteBuffer start) {
        var other = OtherFile.of(start);
        return other.isPresent()
                ? other.get()
                : "its format is not known, and it is no raw disk either, for its first sector is no boot sector: that"
                        + " would end in the bytes 55 aa. qcow2, vmdk, vhd, vhdx, vdi and raw disks are taken";
    }

    private static long virtualBytes(DiskFormat format, FileChannel channel, DiskBytes bytes, ByteBuffer start)
            throws IOException {
        return switch (format) {
            case QCOW2 -> {
                var header = Qcow2Header.parse(start);
                refuse(header.refusal());
                new Qcow2Tables(bytes, start).check();
                yield header.virtualBytes();
            }
            case VMDK -> {
                var header = VmdkHeader.parse(start);
                refuse(header.refusal());
                new VmdkTables(littleEndian(channel), start.duplicate().order(ByteOrder.LITTLE_ENDIAN)).check();
                yield header.virtualBytes();
            }
            case VHD -> VhdFile.virtualBytes(bytes);
            case VHDX -> VhdxFile.virtualBytes(littleEndian(channel));
            case VDI -> VdiFile.virtualBytes(littleEndian(channel));
            case RAW -> RawFile.virtualBytes(littleEndian(channel), start);
        };
    }

    private static DiskBytes littleEndian(FileChannel channel) throws IOException {
        return new DiskBytes(channel, ByteOrder.LITTLE_ENDIAN);
    }

    private static void refuse(@Nullable String why) {
        if (why != null) {
            throw new UnusableDiskException(why);
        }
    }
}
