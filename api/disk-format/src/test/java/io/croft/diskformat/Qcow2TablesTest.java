package io.croft.diskformat;

import static io.croft.diskformat.Qcow2Files.CLUSTER;
import static io.croft.diskformat.Qcow2Files.DATA;
import static io.croft.diskformat.Qcow2Files.L1;
import static io.croft.diskformat.Qcow2Files.L2;
import static io.croft.diskformat.Qcow2Files.REFCOUNT_TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Qcow2TablesTest {
    private static final long MIB = 1L << 20;
    private static final long VIRTUAL = 2 * MIB;
    private static final long COMPRESSED = 1L << 62;
    private static final long FAR = 1L << 40;

    @TempDir
    Path folder;

    private Path file(ByteBuffer bytes) throws IOException {
        var all = new byte[bytes.limit()];
        bytes.get(0, all);
        return Files.write(folder.resolve("disk.qcow2"), all);
    }

    private static Arguments refused(String why, UnaryOperator<ByteBuffer> change) {
        return Arguments.of(why, change.apply(Qcow2Files.file(VIRTUAL)));
    }

    /** A file with a snapshot whose L1 table is at {@code l1}. */
    private static ByteBuffer withSnapshot(ByteBuffer file, long l1) {
        return ByteBuffer.allocate(8 * CLUSTER)
                .put(0, file, 0, file.limit())
                .putInt(60, 1)
                .putLong(64, 6 * CLUSTER)
                .putLong(6 * CLUSTER, l1)
                .putInt(6 * CLUSTER + 8, 1)
                .putShort(6 * CLUSTER + 12, (short) 1)
                .putShort(6 * CLUSTER + 14, (short) 4)
                .putLong(7 * CLUSTER, L2);
    }

    /** A file with one bitmap, whose table is at {@code table} and names one cluster. */
    private static ByteBuffer withBitmap(ByteBuffer file, long table) {
        return ByteBuffer.allocate(9 * CLUSTER)
                .put(0, file, 0, file.limit())
                .putLong(88, 1)
                .putInt(104, 0x23852875)
                .putInt(108, 24)
                .putInt(112, 1)
                .putLong(120, 32)
                .putLong(128, 6 * CLUSTER)
                .putLong(6 * CLUSTER, table)
                .putInt(6 * CLUSTER + 8, 1)
                .putShort(6 * CLUSTER + 18, (short) 4)
                .putLong(7 * CLUSTER, 8 * CLUSTER);
    }

    @Test
    void bitmapsThatHoldAreWhole() throws IOException {
        var whole = withBitmap(Qcow2Files.file(VIRTUAL), 7 * CLUSTER);
        assertThat(DiskFile.inspect(file(whole), null).virtualBytes()).isEqualTo(VIRTUAL);
        var forgotten = withBitmap(Qcow2Files.file(VIRTUAL), FAR).putLong(88, 0);
        assertThat(DiskFile.inspect(file(forgotten), null).virtualBytes()).isEqualTo(VIRTUAL);
    }

    @Test
    void soundFilesAreTaken() throws IOException {
        assertThat(DiskFile.inspect(file(Qcow2Files.file(VIRTUAL)), null).virtualBytes())
                .isEqualTo(VIRTUAL);
        assertThat(DiskFile.inspect(file(withSnapshot(Qcow2Files.file(VIRTUAL), 7 * CLUSTER)), null)
                        .virtualBytes())
                .isEqualTo(VIRTUAL);
        var packed =
                Qcow2Files.file(VIRTUAL).putLong(L2, COMPRESSED | DATA + 7).putLong(L2 + 8, COMPRESSED | DATA + 700);
        assertThat(DiskFile.inspect(file(packed), null).virtualBytes()).isEqualTo(VIRTUAL);
        var zeros = Qcow2Files.file(VIRTUAL).putLong(L2, 1);
        assertThat(DiskFile.inspect(file(zeros), null).virtualBytes()).isEqualTo(VIRTUAL);
        var twoClusters = Qcow2Files.file(VIRTUAL).limit(DATA + 512);
        assertThat(DiskFile.inspect(file(twoClusters), null).virtualBytes()).isEqualTo(VIRTUAL);
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                refused("its refcount table lies outside the file", f -> f.limit(512)),
                refused("a refcount block lies outside the file", f -> f.limit(2 * CLUSTER)),
                refused("its L1 table lies outside the file", f -> f.limit(L1)),
                refused("an L2 table lies outside the file", f -> f.limit(L2 + 8)),
                refused("a data cluster lies outside the file", f -> f.limit(DATA)),
                refused("its L1 table lies outside the file", f -> f.putLong(40, FAR)),
                refused("its L1 table lies outside the file", f -> f.putLong(40, -4096)),
                refused("does not begin where a cluster does", f -> f.putLong(40, L1 + 8)),
                refused("its L1 table is too large", f -> f.putInt(36, -1)),
                refused("its L1 table is too small", f -> f.putInt(36, 0)),
                refused("its L1 table is too small", f -> f.putLong(24, 64 * MIB)),
                refused("its refcount table has a wrong size", f -> f.putInt(56, 0)),
                refused("its refcount table has a wrong size", f -> f.putInt(56, 1 << 24)),
                refused("a refcount block lies outside", f -> f.putLong(REFCOUNT_TABLE, FAR)),
                refused("an L2 table lies outside", f -> f.putLong(L1, FAR)),
                refused("a data cluster lies outside", f -> f.putLong(L2 + 16, FAR)),
                refused("does not begin where a cluster does", f -> f.putLong(L2 + 16, DATA + 512)),
                refused("a compressed cluster lies outside", f -> f.putLong(L2 + 16, COMPRESSED | FAR)),
                refused("a compressed cluster lies outside", f -> f.putLong(L2 + 16, COMPRESSED | 63L << 58 | DATA)),
                refused("an L2 table overlaps", f -> f.putLong(L1, REFCOUNT_TABLE)),
                refused("a data cluster overlaps", f -> f.putLong(L2 + 16, L1)),
                refused("a data cluster overlaps", f -> f.putLong(L2 + 16, DATA)),
                refused("a compressed cluster overlaps", f -> f.putLong(L2 + 16, COMPRESSED | L1 + 9)),
                refused("a refcount block overlaps", f -> f.putLong(REFCOUNT_TABLE, 0x1000)),
                refused("too many snapshots", f -> f.putInt(60, -1)),
                refused(
                        "its table of snapshots lies outside",
                        f -> f.putInt(60, 3).putLong(64, FAR)),
                Arguments.of(
                        "its table of bitmaps lies outside",
                        withBitmap(Qcow2Files.file(VIRTUAL), 7 * CLUSTER).limit(6 * CLUSTER)),
                Arguments.of("the table of a bitmap lies outside", withBitmap(Qcow2Files.file(VIRTUAL), FAR)),
                Arguments.of(
                        "a bitmap lies outside",
                        withBitmap(Qcow2Files.file(VIRTUAL), 7 * CLUSTER).limit(8 * CLUSTER)),
                Arguments.of("the table of a bitmap overlaps", withBitmap(Qcow2Files.file(VIRTUAL), DATA)),
                Arguments.of(
                        "its table of bitmaps is too small",
                        withBitmap(Qcow2Files.file(VIRTUAL), 7 * CLUSTER).putShort(6 * CLUSTER + 18, (short) 9)),
                Arguments.of(
                        "its table of bitmaps has a wrong size",
                        withBitmap(Qcow2Files.file(VIRTUAL), 7 * CLUSTER).putLong(120, -1)),
                Arguments.of("snapshot lies outside", withSnapshot(Qcow2Files.file(VIRTUAL), FAR)),
                Arguments.of(
                        "an L2 table overlaps",
                        withSnapshot(Qcow2Files.file(VIRTUAL), 7 * CLUSTER)
                                .putLong(7 * CLUSTER, DATA)
                                .putLong(DATA, FAR)));
    }

    @ParameterizedTest
    @MethodSource
    void unsound(String why, ByteBuffer bytes) throws IOException {
        var file = file(bytes);
        assertThatThrownBy(() -> DiskFile.inspect(file, null))
                .isInstanceOf(UnusableDiskException.class)
                .hasMessageContaining(why);
    }

    /** A hostile file is refused or taken: nothing else comes of it, and soon. */
    @Test
    void noBytesMakeItFail() throws IOException {
        var seed = System.nanoTime();
        System.out.println("Qcow2TablesTest seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var bytes = withSnapshot(Qcow2Files.file(VIRTUAL), 7 * CLUSTER);
            int[] places = {32, 36, 40, 48, 56, 60, 64, 72, REFCOUNT_TABLE, L1, L2, L2 + 8, 6 * CLUSTER, 7 * CLUSTER};
            for (var changes = random.nextInt(4); changes >= 0; changes--) {
                bytes.put(places[random.nextInt(places.length)] + random.nextInt(8), (byte) random.nextInt());
            }
            var file = file(bytes.limit(512 + random.nextInt(bytes.limit() - 512)));
            try {
                assertThat(DiskFile.inspect(file, DiskFormat.QCOW2).virtualBytes())
                        .as("seed %s", seed)
                        .isPositive();
            } catch (UnusableDiskException e) {
                assertThat(e.getMessage()).as("seed %s", seed).isNotBlank();
            }
        }
    }
}
