package io.croft.diskformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFileTest {
    private static final long GIB = 1L << 30;

    @TempDir
    Path folder;

    private Path file(ByteBuffer bytes) throws IOException {
        var all = new byte[bytes.limit()];
        bytes.get(0, all);
        return Files.write(folder.resolve("disk"), all);
    }

    private static ByteBuffer bootSector() {
        return ByteBuffer.allocate(1024).put(510, (byte) 0x55).put(511, (byte) 0xaa);
    }

    private static void refused(String why, Path file, @Nullable DiskFormat said) {
        assertThatThrownBy(() -> DiskFile.inspect(file, said))
                .isInstanceOf(UnusableDiskException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theFormatIsToldByTheFirstBytes() throws IOException {
        assertThat(DiskFile.inspect(file(Qcow2Files.file(GIB)), null)).isEqualTo(new DiskFile(DiskFormat.QCOW2, GIB));
        assertThat(DiskFile.inspect(file(VmdkFiles.header(VmdkFiles.DESCRIPTION)), null))
                .isEqualTo(new DiskFile(DiskFormat.VMDK, GIB));
        assertThat(DiskFile.inspect(file(bootSector()), null)).isEqualTo(new DiskFile(DiskFormat.RAW, 1024));
    }

    @Test
    void aRawDiskHasABootSectorWhateverIsSaid() throws IOException {
        var file = file(ByteBuffer.allocate(1024));
        refused("its first sector is no boot sector", file, null);
        refused("its first sector is no boot sector", file, DiskFormat.RAW);
        refused("multiple of 512", file(bootSector().limit(1000)), DiskFormat.RAW);
        refused("it is empty", file(ByteBuffer.allocate(0)), null);
        refused("it is a directory", folder, null);
    }

    /** A disk of 100 sectors whose one partition begins at the eighth and has so many. */
    private static ByteBuffer partitioned(int type, int sectors) {
        return ByteBuffer.allocate(100 * 512)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(446, (byte) 0x80)
                .put(450, (byte) type)
                .putInt(454, 8)
                .putInt(458, sectors)
                .put(510, (byte) 0x55)
                .put(511, (byte) 0xaa);
    }

    private static ByteBuffer gpt(long lastSector) {
        var disk = partitioned(0xee, -1);
        disk.put(512, "EFI PART".getBytes(StandardCharsets.US_ASCII))
                .putLong(512 + 72, 2)
                .putInt(512 + 80, 128)
                .putInt(512 + 84, 128);
        return disk.putLong(1024, 1).putLong(1024 + 32, 34).putLong(1024 + 40, lastSector);
    }

    @Test
    void aRawDiskThatEndsBeforeItsPartitionsWasCutOff() throws IOException {
        assertThat(DiskFile.inspect(file(partitioned(0x83, 92)), null).virtualBytes())
                .isEqualTo(51_200);
        refused(
                "its partitions end at byte 51712, and it has 51200: it was cut off",
                file(partitioned(0x83, 93)),
                null);
        refused("truncate -s 2199023259136", file(partitioned(0x83, -1)), DiskFormat.RAW);
        assertThat(DiskFile.inspect(file(gpt(99)), null).format()).isEqualTo(DiskFormat.RAW);
        refused("its partitions end at byte 51712", file(gpt(100)), null);
        refused("it was cut off", file(gpt(Long.MAX_VALUE)), null);
        refused("it was cut off", file(gpt(-2)), null);
        refused("its GPT's table of partitions is not there", file(gpt(99).putLong(512 + 72, 100)), null);
        refused("its GPT's table of partitions is not there", file(gpt(99).putLong(512 + 72, -1)), null);
        refused("it was cut off", file(gpt(99).limit(512)), null);
    }

    /** A boot sector of a file system has code where a table would be; an ISO image has one that begins at 0. */
    @Test
    void aRawDiskNeedsNoTableOfPartitions() throws IOException {
        assertThat(DiskFile.inspect(file(partitioned(0x83, -1).put(462, (byte) 0x13)), null)
                        .format())
                .isEqualTo(DiskFormat.RAW);
        assertThat(DiskFile.inspect(file(partitioned(0x17, 1000).putInt(454, 0)), null)
                        .format())
                .isEqualTo(DiskFormat.RAW);
        assertThat(DiskFile.inspect(file(partitioned(0xee, -1)), null).format()).isEqualTo(DiskFormat.RAW);
    }

    @Test
    void whatIsNoDiskIsToldApart() throws IOException {
        refused(
                "tar archive",
                file(ByteBuffer.allocate(1024).put(257, "ustar".getBytes(StandardCharsets.ISO_8859_1))),
                null);
        refused("zip archive", file(ByteBuffer.wrap("PK\3\4....".getBytes(StandardCharsets.ISO_8859_1))), null);
        refused("page of HTML", file(ByteBuffer.wrap("<!DOCTYPE html>".getBytes(StandardCharsets.ISO_8859_1))), null);
        refused(
                "compressed with xz",
                file(ByteBuffer.wrap("\u00fd7zXZ\0....".getBytes(StandardCharsets.ISO_8859_1))),
                null);
    }

    @Test
    void whatIsSaidMustBeTrue() throws IOException {
        var qcow2 = file(Qcow2Files.file(GIB));
        refused("said to be raw and is qcow2", qcow2, DiskFormat.RAW);
        refused("said to be vmdk and is qcow2", qcow2, DiskFormat.VMDK);
        refused("not a qcow2", file(bootSector()), DiskFormat.QCOW2);
    }

    @Test
    void hostileAndUnknownFilesAreRefused() throws IOException {
        refused("backing file", file(Qcow2Files.header(GIB).putLong(8, 200)), null);
        var description = VmdkFiles.DESCRIPTION.getBytes(StandardCharsets.ISO_8859_1);
        refused("other files", file(ByteBuffer.wrap(description)), null);
        refused("outside the file", file(ByteBuffer.wrap("vhdxfile".getBytes(StandardCharsets.ISO_8859_1))), null);
    }
}
