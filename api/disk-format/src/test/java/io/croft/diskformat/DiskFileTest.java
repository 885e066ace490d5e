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
        assertThat(DiskFile.inspect(file(Qcow2Files.header(GIB)), null)).isEqualTo(new DiskFile(DiskFormat.QCOW2, GIB));
        assertThat(DiskFile.inspect(file(VmdkFiles.header(VmdkFiles.DESCRIPTION)), null))
                .isEqualTo(new DiskFile(DiskFormat.VMDK, GIB));
        assertThat(DiskFile.inspect(file(bootSector()), null)).isEqualTo(new DiskFile(DiskFormat.RAW, 1024));
    }

    @Test
    void aRawDiskWithoutABootSectorIsTakenOnlyIfItIsSaidToBeOne() throws IOException {
        var file = file(ByteBuffer.allocate(1024));
        refused("not known", file, null);
        assertThat(DiskFile.inspect(file, DiskFormat.RAW).virtualBytes()).isEqualTo(1024);
        refused("multiple of 512", file(ByteBuffer.allocate(1000)), DiskFormat.RAW);
    }

    @Test
    void whatIsSaidMustBeTrue() throws IOException {
        var qcow2 = file(Qcow2Files.header(GIB));
        refused("said to be raw and is qcow2", qcow2, DiskFormat.RAW);
        refused("said to be vmdk and is qcow2", qcow2, DiskFormat.VMDK);
        refused("not a qcow2", file(bootSector()), DiskFormat.QCOW2);
    }

    @Test
    void hostileAndUnknownFilesAreRefused() throws IOException {
        refused("backing file", file(Qcow2Files.header(GIB).putLong(8, 200)), null);
        var description = VmdkFiles.DESCRIPTION.getBytes(StandardCharsets.ISO_8859_1);
        refused("other files", file(ByteBuffer.wrap(description)), null);
        refused("not known", file(ByteBuffer.wrap("vhdxfile".getBytes(StandardCharsets.ISO_8859_1))), null);
    }
}
