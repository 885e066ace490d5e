package io.croft.agent.storage.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.exec.Exec;
import io.croft.agent.storage.DiskSource.Format;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.lvm.DiskContent.Extent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Onto a file in the place of a device. */
class DiskContentTest {
    private static final long TIB = 1L << 40;
    private static final int CHUNK = 64 << 10;

    @TempDir
    private Path folder;

    /** All of it would take more than an hour to read. */
    @ParameterizedTest
    @EnumSource(Format.class)
    void onlyWhatItHasIsCountedWrittenAndCompared(Format format) throws IOException {
        var disk = folder.resolve("disk, or so");
        run("qemu-img", "create", "-q", "-f", format.qemuName(), disk.toString(), Long.toString(TIB));
        for (var at : List.of(0L, TIB / 2, TIB - CHUNK)) {
            run("qemu-io", "-f", format.qemuName(), "-c", "write -P 7 " + at + " 4k", disk.toString());
        }
        var device = device();
        var content = DiskContent.of(disk, format);
        assertThat(content)
                .returns(TIB, DiskContent::sizeBytes)
                .returns(3L * CHUNK, DiskContent::bytes)
                .returns(
                        List.of(
                                new Extent(0, CHUNK),
                                new Extent(TIB / 2, TIB / 2 + CHUNK),
                                new Extent(TIB - CHUNK, TIB)),
                        DiskContent::extents);
        content.write(device);
        try (var written = new RandomAccessFile(device.toFile(), "rw")) {
            written.seek(TIB / 2 + 4095);
            assertThat(written.read()).isEqualTo(7);
            assertThat(written.read()).isZero();
        }
    }

    @Test
    void whatIsOtherThanItWasWrittenIsFound() throws IOException {
        var disk = folder.resolve("disk");
        run("qemu-img", "create", "-q", "-f", "raw", disk.toString(), Long.toString(TIB));
        run("qemu-io", "-f", "raw", "-c", "write -P 7 64k 4k", disk.toString());
        var device = device();
        try (var dirty = new RandomAccessFile(device.toFile(), "rw")) {
            dirty.seek(CHUNK + 8192);
            dirty.write(9);
        }
        var content = DiskContent.of(disk, Format.RAW);
        assertThatThrownBy(() -> content.write(device))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("qemu-img compare");
    }

    private Path device() throws IOException {
        var device = folder.resolve("device");
        try (var made = new RandomAccessFile(device.toFile(), "rw")) {
            made.setLength(TIB);
        }
        return device;
    }

    private static void run(String... argv) {
        var _ = Exec.run(List.of(argv), Duration.ofMinutes(1)).orThrow();
    }
}
