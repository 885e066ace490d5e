package io.croft.diskformat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A disk file that nothing speaks against.
 *
 * @param virtualBytes the disk's size in bytes
 */
public record DiskFile(DiskFormat format, long virtualBytes) {
    private static final int SECTOR = 512;

    /**
     * Looks at a file.
     *
     * @param said the format that it is said to have; null to go by its beginning
     * @throws UnusableDiskException when it has another format or none that is known, or when its header makes it dangerous or useless
     * @throws IOException when it cannot be read
     */
    public static DiskFile inspect(Path file, @Nullable DiskFormat said) throws IOException {
        var start = beginning(file, Qcow2Header.MOST);
        var found = DiskFormat.of(start);
        var format = said == null ? found.orElse(null) : said;
        if (format == null) {
            throw new UnusableDiskException(
                    "its format is not known: qcow2, vmdk and raw disks with a boot sector are; decompress it first if it is compressed");
        }
        if (found.isPresent() && found.get() != format && found.get() != DiskFormat.RAW) {
            throw new UnusableDiskException("it is said to be " + format.lowerName() + " and is "
                    + found.get().lowerName());
        }
        return switch (format) {
            case QCOW2 -> {
                var header = Qcow2Header.parse(start);
                yield of(format, header.refusal(), header.virtualBytes());
            }
            case VMDK -> {
                var header = VmdkHeader.parse(start);
                yield of(format, header.refusal(), header.virtualBytes());
            }
            case RAW -> raw(Files.size(file));
        };
    }

    private static DiskFile of(DiskFormat format, @Nullable String refusal, long virtualBytes) {
        if (refusal != null) {
            throw new UnusableDiskException(refusal);
        }
        return new DiskFile(format, virtualBytes);
    }

    private static DiskFile raw(long size) {
        if (size == 0 || size % SECTOR != 0) {
            throw new UnusableDiskException("its size is not a positive multiple of " + SECTOR + " bytes");
        }
        return new DiskFile(DiskFormat.RAW, size);
    }

    /** The first bytes of a file, so many at most. */
    static ByteBuffer beginning(Path file, int most) throws IOException {
        var bytes = ByteBuffer.allocate(most);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var read = 0;
            while (read >= 0 && bytes.hasRemaining()) {
                read = channel.read(bytes);
            }
        }
        return bytes.flip();
    }
}
