package io.croft.diskformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
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
