package io.croft.agent.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.exec.Exec;
import io.croft.agent.nbd.QemuNbd;
import io.croft.agent.storage.DiskSource;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeReader;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.storage.VolumeStoreContractIT;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** qemu-img and, for the lock, qemu-io must be installed. */
@Tag("real")
class FileVolumeStoreContractIT extends VolumeStoreContractIT {
    @TempDir
    private Path folder;

    @Override
    protected VolumeStore open() {
        return new FileVolumeStore(folder.resolve("disks"), 0);
    }

    @Override
    protected VolumeStore full() {
        return new FileVolumeStore(folder.resolve("full"), Long.MAX_VALUE);
    }

    @Override
    protected Path image() {
        var image = folder.resolve("image.qcow2");
        if (!Files.exists(image)) {
            var made = Exec.run(
                    List.of("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "1M"), Duration.ofSeconds(30));
            assertThat(made.exit()).as(made.stderr()).isZero();
        }
        return image;
    }

    /** As a restore does. */
    @Override
    protected void write(VolumeId id, long offset, byte value) {
        var bytes = ByteBuffer.allocate(64 * 1024);
        Arrays.fill(bytes.array(), value);
        var file = folder.resolve("disks").resolve(id + ".qcow2");
        try (var disk = QemuNbd.write(folder.resolve("socket"), file)) {
            disk.client().write(offset, bytes);
            disk.client().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(folder.resolve("socket")).doesNotExist();
    }

    /** An overlay's snapshot is read down to its image, also while somebody has it open; it is that one's to change then. */
    @Test
    void aSnapshotIsReadThroughItsImageBesideWhoHasTheVolumeOpen() throws IOException {
        var image = folder.resolve("image.qcow2");
        qemuImg(List.of("create", "-q", "-f", "qcow2", image.toString(), "1M"));
        try (var disk = QemuNbd.write(folder.resolve("socket"), image)) {
            disk.client().write(0, ByteBuffer.wrap(new byte[] {7, 8}));
            disk.client().flush();
        }
        var id = volume(1).id();
        var source = open().ensure(imaged(1 << 30), () -> image).source();
        var first = new SnapshotId("snap-0123456789abcdef0");
        open().snapshot(Map.of(id, first));
        var user = new ProcessBuilder("qemu-io", "-f", "qcow2", source.path()).start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> QemuLock.held(Path.of(source.path())));
            try (var writer = user.outputWriter()) {
                writer.write("write -P 9 0 1M\nflush\n");
                writer.flush();
                assertThat(user.inputReader().readLine()).contains("wrote 1048576/1048576 bytes");
                try (var reader = open().open(id, first)) {
                    assertThat(reader.size()).isEqualTo(1 << 30);
                    assertThat(reader.data(0)).map(VolumeReader.Piece::offset).contains(0L);
                    assertThat(reader.data(1 << 20)).isEmpty();
                    var bytes = ByteBuffer.allocate(3);
                    reader.read(0, bytes);
                    assertThat(bytes.array()).containsExactly(7, 8, 0);
                }
                var second = new SnapshotId("snap-0123456789abcdef1");
                assertThatThrownBy(() -> open().snapshot(Map.of(id, second))).isInstanceOf(StorageException.class);
                assertThatThrownBy(() -> open().drop(id, first)).isInstanceOf(StorageException.class);
            }
        } finally {
            user.destroyForcibly();
            user.onExit().join();
        }
        qemuImg(List.of("check", "-q", source.path()));
        open().drop(id, first);
        assertThat(open().snapshots()).isEqualTo(Map.of(id, Set.of()));
    }

    @Override
    protected long sizeOf(VolumeId id) {
        return Qcow2Header.read(folder.resolve("disks").resolve(id + ".qcow2")).virtualSize();
    }

    @Test
    void whatWasHalfMadeIsSweptAtTheNextStart() throws IOException {
        open();
        var half = Files.createFile(folder.resolve("disks/vol-0123456789abcdef0.new"));
        assertThat(open().list()).isEmpty();
        assertThat(half).doesNotExist();
    }

    /** As QEMU sees them, ours and those that it makes itself with its defaults are alike. */
    @ParameterizedTest
    @ValueSource(longs = {1 << 20, (1 << 20) + 1, 1L << 30, (1L << 42) + 512})
    void aNewVolumeIsAsQemuMakesIt(long size) throws IOException {
        var raw = Files.createFile(folder.resolve("origin.raw"));
        for (var backing : Arrays.asList(
                new Qcow2Overlay.Backing(image(), DiskSource.Format.QCOW2),
                new Qcow2Overlay.Backing(raw, DiskSource.Format.RAW),
                null)) {
            var ours = folder.resolve("ours.qcow2");
            var theirs = folder.resolve("theirs.qcow2");
            Qcow2Overlay.write(ours, size, backing);
            qemuImg(
                    backing == null
                            ? List.of("create", "-q", "-f", "qcow2", theirs.toString(), Long.toString(size))
                            : List.of(
                                    "create",
                                    "-q",
                                    "-f",
                                    "qcow2",
                                    "-F",
                                    backing.format().qemuName(),
                                    "-b",
                                    backing.file().toString(),
                                    theirs.toString(),
                                    Long.toString(size)));
            assertThat(info(ours)).isEqualTo(info(theirs)).isNotEmpty();
            qemuImg(List.of("check", "-q", ours.toString()));
            qemuImg(List.of("compare", "-q", ours.toString(), theirs.toString()));
            assertThat(Files.size(ours)).isLessThan(Files.size(theirs) + (64 << 10));
        }
    }

    /** All but where it is and what it takes. */
    private static List<String> info(Path file) {
        return qemuImg(List.of("info", "--output", "json", file.toString()))
                .lines()
                .filter(line -> !line.contains("\"filename\"") && !line.contains("\"actual-size\""))
                .toList();
    }

    private static String qemuImg(List<String> arguments) {
        var argv = new ArrayList<>(List.of("qemu-img"));
        argv.addAll(arguments);
        var result = Exec.run(argv, Duration.ofSeconds(30));
        assertThat(result.exit()).as(result.stderr()).isZero();
        return result.stdout();
    }

    @Test
    void aVolumeKeepsItsImageWhateverBecomesOfTheCache() throws IOException {
        var image = image();
        var source = open().ensure(imaged(1 << 30), () -> image).source();
        Files.delete(image);
        open();
        assertThat(Exec.run(List.of("qemu-img", "check", "-q", source.path()), Duration.ofSeconds(30))
                        .exit())
                .isZero();
        open().remove(volume(1).id());
        assertThat(folder.resolve("disks")).isEmptyDirectory();
    }

    @Test
    void aVolumeOfAnImageOnAnotherFileSystemKeepsACopy() throws IOException {
        var elsewhere = Files.createTempFile(Path.of("/dev/shm"), "image", ".qcow2");
        try {
            Files.copy(image(), elsewhere, StandardCopyOption.REPLACE_EXISTING);
            open().ensure(imaged(1 << 30), () -> elsewhere);
        } finally {
            Files.delete(elsewhere);
        }
        assertThat(open().list()).containsOnlyKeys(volume(1).id());
        assertThat(folder.resolve("disks").resolve(volume(1).id() + ".base")).hasSameBinaryContentAs(image());
    }

    @Test
    void aVolumeThatNamesTheCachesFileKeepsThatToo() throws IOException {
        var image = image();
        makeOverlayOn(image);
        open();
        assertThat(Files.getAttribute(image, "unix:nlink")).isEqualTo(2);
        open().remove(volume(1).id());
        assertThat(Files.getAttribute(image, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void aVolumeThatNamesTheCachesFileOnAnotherFileSystemKeepsThatToo() throws IOException {
        var cache = Files.createTempDirectory(Path.of("/dev/shm"), "images");
        var image = cache.resolve("image.qcow2");
        try {
            Files.copy(image(), image);
            makeOverlayOn(image);
            open();
            open();
            assertThat(Files.getAttribute(image, "unix:nlink")).isEqualTo(2);
        } finally {
            Files.deleteIfExists(image);
            Files.deleteIfExists(cache.resolve(volume(1).id() + ".base"));
            Files.delete(cache);
        }
    }

    private void makeOverlayOn(Path image) throws IOException {
        var file = Files.createDirectories(folder.resolve("disks"))
                .resolve(volume(1).id() + ".qcow2");
        var made = Exec.run(
                List.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "-F",
                        "qcow2",
                        "-b",
                        image.toString(),
                        file.toString()),
                Duration.ofSeconds(30));
        assertThat(made.exit()).as(made.stderr()).isZero();
    }

    @Test
    void anOpenVolumeIsNeitherRemovedNorGrownFromOutside() throws IOException {
        var source = open().ensure(volume(1 << 30), NONE).source();
        var user = new ProcessBuilder("qemu-io", "-f", "qcow2", source.path()).start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> QemuLock.held(Path.of(source.path())));
            assertThatThrownBy(() -> open().remove(volume(1).id())).isInstanceOf(StorageException.class);
            assertThat(Path.of(source.path())).exists();
            assertThat(open().ensure(volume(2L << 30), NONE).sizeBytes()).isEqualTo(1 << 30);
        } finally {
            user.destroyForcibly();
            user.onExit().join();
        }
        open().remove(volume(1).id());
        assertThat(Path.of(source.path())).doesNotExist();
    }
}
