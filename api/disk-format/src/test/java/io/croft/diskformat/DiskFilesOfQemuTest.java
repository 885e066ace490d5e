package io.croft.diskformat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that qemu-img writes are taken whole, and refused cut off or torn; whatever their bytes are, nothing worse happens. */
class DiskFilesOfQemuTest {
    private static final Path QEMU_IMG = Path.of("/usr/bin/qemu-img");
    private static final int MIB = 1 << 20;
    private static final long VIRTUAL = 24L * MIB;
    private static final int SPOILT = 150;

    @TempDir
    Path folder;

    private Path raw;

    @BeforeEach
    void disk() throws IOException {
        assumeThat(QEMU_IMG).isExecutable();
        raw = folder.resolve("disk.raw");
        var data = new byte[3 * MIB];
        new Random(1).nextBytes(data);
        data[510] = 0x55;
        data[511] = (byte) 0xaa;
        try (var channel = FileChannel.open(raw, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(data), 0);
            channel.write(ByteBuffer.wrap(data), VIRTUAL - data.length);
        }
    }

    private Path converted(String format, String options) throws IOException {
        var file = folder.resolve("disk." + format);
        var command = new ArrayList<>(List.of(QEMU_IMG.toString(), "convert", "-f", "raw", "-O", format));
        if (options.startsWith("-")) {
            command.add(options);
        } else if (!options.isEmpty()) {
            command.addAll(List.of("-o", options.replace(';', ',')));
        }
        command.addAll(List.of(raw.toString(), file.toString()));
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    private Path cut(Path whole, long size) throws IOException {
        var copy = Files.copy(whole, folder.resolve("cut"), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
        return copy;
    }

    @ParameterizedTest
    @CsvSource({
        "QCOW2, qcow2, ''",
        "QCOW2, qcow2, compat=0.10",
        "QCOW2, qcow2, cluster_size=512",
        "QCOW2, qcow2, cluster_size=2M",
        "QCOW2, qcow2, extended_l2=on;cluster_size=128k",
        "QCOW2, qcow2, -c",
        "QCOW2, qcow2, preallocation=metadata",
        "VMDK, vmdk, ''",
        "VMDK, vmdk, subformat=streamOptimized",
        "VHD, vpc, force_size=on",
        "VHD, vpc, subformat=fixed;force_size=on",
        "VHDX, vhdx, ''",
        "VHDX, vhdx, subformat=fixed",
        "VDI, vdi, ''",
        "VDI, vdi, static=on"
    })
    void wholeOnesAreTakenAndOthersRefused(DiskFormat format, String qemuName, String options) throws IOException {
        var whole = converted(qemuName, options);
        assertThat(DiskFile.inspect(whole, null)).isEqualTo(new DiskFile(format, VIRTUAL));
        var size = Files.size(whole);
        for (var part : new double[] {0.02, 0.2, 0.5, 0.8}) {
            var cut = cut(whole, (long) (size * part));
            assertThatThrownBy(() -> DiskFile.inspect(cut, format))
                    .as("%s of %s", cut, size)
                    .isInstanceOf(UnusableDiskException.class);
        }
        spoil(format, whole);
    }

    private void spoil(DiskFormat format, Path whole) throws IOException {
        var seed = System.nanoTime();
        System.out.println("DiskFilesOfQemuTest " + format + " seed " + seed);
        var random = new Random(seed);
        var size = Files.size(whole);
        for (var i = 0; i < SPOILT; i++) {
            var copy = cut(whole, size);
            try (var channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                for (var changes = random.nextInt(8); changes >= 0; changes--) {
                    var near = random.nextBoolean() ? 1024 : Math.min(size, 400L * 1024);
                    var junk = new byte[1 + random.nextInt(8)];
                    random.nextBytes(junk);
                    channel.write(ByteBuffer.wrap(junk), random.nextLong(near));
                }
            }
            try {
                assertThat(DiskFile.inspect(copy, format).virtualBytes())
                        .as("seed %s", seed)
                        .isPositive();
            } catch (UnusableDiskException e) {
                assertThat(e.getMessage()).as("seed %s", seed).isNotBlank();
            }
        }
    }
}
