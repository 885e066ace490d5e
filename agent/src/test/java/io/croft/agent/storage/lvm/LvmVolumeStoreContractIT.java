package io.croft.agent.storage.lvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.exec.Exec;
import io.croft.agent.exec.ExecResult;
import io.croft.agent.storage.DiskSource.Format;
import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.storage.VolumeStoreContractIT;
import io.croft.protocol.Failure;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In the volume group "croft", which deploy/lib/vm-host/lvm makes, with a pool of ours and a volume of somebody else's in it. */
@Tag("lvm")
class LvmVolumeStoreContractIT extends VolumeStoreContractIT {
    private static final String GROUP = "croft";
    private static final VolumeGroup LVM = new VolumeGroup(GROUP);
    private static final String THEIRS = "vol-00000000000000001";

    @TempDir
    private Path folder;

    @Override
    protected VolumeStore open() {
        return new LvmVolumeStore(GROUP, "pool", 85, InstantSource.system());
    }

    @Override
    protected VolumeStore full() {
        return new LvmVolumeStore(GROUP, "pool", 0, InstantSource.system());
    }

    @Override
    protected Path image() {
        var image = folder.resolve("image.qcow2");
        run("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "4M");
        run("qemu-io", "-f", "qcow2", "-c", "write -P 7 64k 64k", image.toString());
        return image;
    }

    @Override
    protected void write(VolumeId id, long offset, byte value) {
        run(
                "qemu-io",
                "-f",
                "raw",
                "-t",
                "none",
                "-c",
                "write -P " + value + " " + offset + " 64k",
                "/dev/croft/" + id);
    }

    @Override
    protected long sizeOf(VolumeId id) {
        return Long.parseLong(
                run("blockdev", "--getsize64", "/dev/croft/" + id).stdout().strip());
    }

    @AfterEach
    void leaveThePoolAlone() {
        var names = LVM.volumes().stream()
                .filter(v -> v.ours() && !v.pool().isEmpty())
                .map(v -> LVM.path(v.name()))
                .toList();
        if (!names.isEmpty()) {
            LVM.change(
                    "lvremove", Stream.concat(Stream.of("-f"), names.stream()).toArray(String[]::new));
        }
    }

    /** One test for the steps of one volume: each command takes a second here. */
    @Test
    void aVolumeOfAnImageIsACopyOfABaseThatIsWrittenOnce() throws IOException {
        var first = open().ensure(imaged(GIB), this::image);
        var device = Path.of(first.source().path());
        assertThat(at(device, 64 << 10)).isEqualTo((byte) 7);
        assertThat(first.sizeBytes()).isEqualTo(GIB).isEqualTo(sizeOf(ID));

        write(device, (byte) 9);
        open().remove(ID);
        open().ensure(imaged(GIB), NONE);
        assertThat(at(device, 64 << 10)).as("as the image has it").isEqualTo((byte) 7);

        LVM.change("lvchange", "-an", LVM.path(ID.value()));
        assertThat(device).doesNotExist();
        assertThat(open().list()).containsOnlyKeys(ID);
        assertThat(device).as("after the host's start").exists();
    }

    @Test
    void whatIsOpenIsNotRemovedAndGrowsAtOnce() throws IOException {
        var device = Path.of(open().ensure(volume(GIB), NONE).source().path());
        try (var _ = Files.newInputStream(device)) {
            assertThatThrownBy(() -> open().remove(ID)).isInstanceOf(StorageException.class);
            assertThat(open().ensure(volume(2 * GIB), NONE))
                    .extracting(StoredVolume::sizeBytes)
                    .isEqualTo(2 * GIB);
        }
        write(device, (byte) 9);
        open().remove(ID);
        open().ensure(volume(GIB), NONE);
        assertThat(at(device, 64 << 10)).as("what another had there").isZero();
    }

    @Test
    void whatIsNotOursIsNeitherListedNorTouched() {
        var theirs = new VolumeId(THEIRS);
        assertThat(open().list()).isEmpty();
        assertThat(open().find(theirs)).isEmpty();
        open().remove(theirs);
        assertThat(LVM.volumes()).extracting(LogicalVolume::name).contains(THEIRS);
    }

    @Test
    void aBaseThatWasHalfWrittenIsWrittenAnew() throws IOException {
        open().capacity();
        Supplier<Path> broken = () -> folder.resolve("nothing");
        assertThatThrownBy(() -> open().ensure(imaged(GIB), broken)).isInstanceOf(StorageException.class);
        new ThinPool(LVM, "pool", 85).make("new-" + "1".repeat(64), GIB);
        var device = Path.of(open().ensure(imaged(GIB), this::image).source().path());
        assertThat(at(device, 64 << 10)).isEqualTo((byte) 7);
        assertThat(LVM.volumes()).extracting(LogicalVolume::name).noneMatch(n -> n.startsWith("new-"));

        new OriginBases(LVM, new ThinPool(LVM, "pool", 0), InstantSource.system()).dropUnused(open(LVM));
        assertThat(LVM.volumes()).as("in use").anyMatch(v -> v.name().startsWith("image-"));
        open().remove(ID);
        new OriginBases(LVM, new ThinPool(LVM, "pool", 85), InstantSource.system()).dropUnused(open(LVM));
        assertThat(LVM.volumes()).as("not old").anyMatch(v -> v.name().startsWith("image-"));
        new OriginBases(LVM, new ThinPool(LVM, "pool", 0), InstantSource.system()).dropUnused(open(LVM));
        assertThat(LVM.volumes()).as("the pool is full").noneMatch(v -> v.name().startsWith("image-"));

        new ThinPool(LVM, "pool", 85).make("new-" + "3".repeat(64), GIB);
        open().list();
        assertThat(LVM.volumes())
                .as("after the agent's start")
                .noneMatch(v -> v.name().startsWith("new-"));
    }

    /** Somebody's pool that is small, and filled to the brim would halt the machines of everybody. */
    @Test
    void whatWouldFillThePoolIsNotWrittenAndWhatFailsLeavesNothing() throws IOException {
        LVM.change("lvcreate", "--type", "thin-pool", "-L", "128M", "--zero", "y", "-n", "small", GROUP);
        try {
            var pool = new ThinPool(LVM, "small", 85);
            var bases = new OriginBases(LVM, pool, InstantSource.system());
            var image = folder.resolve("image.qcow2");
            run("qemu-img", "create", "-q", "-f", "qcow2", image.toString(), "1G");
            run("qemu-io", "-f", "qcow2", "-c", "write -P 7 0 64M", image.toString());
            bases.require("1".repeat(64), Format.QCOW2, () -> image, pool.look());
            assertThat(pool.used(pool.look()).data()).isBetween(49.0, 52.0);
            assertThatThrownBy(() -> bases.require("2".repeat(64), Format.QCOW2, () -> inUse(image), pool.look()))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.failure().code()).isEqualTo(Failure.Code.DISK_FULL));
        } finally {
            LVM.change("lvremove", "-f", "-y", LVM.path("small"));
        }
    }

    /** The base that is there already can go for another: until a volume is made of it. */
    private static Path inUse(Path image) {
        new ThinPool(LVM, "small", 85).copy(ID.value(), "image-" + "1".repeat(64));
        return image;
    }

    @Test
    void aWritingThatFailsLeavesNothing() throws IOException {
        var packed = folder.resolve("packed.qcow2");
        run("qemu-img", "convert", "-c", "-O", "qcow2", image().toString(), packed.toString());
        try (var broken = new RandomAccessFile(packed.toFile(), "rw")) {
            var noise = new byte[512];
            Arrays.fill(noise, (byte) -1);
            broken.seek(broken.length() - noise.length);
            broken.write(noise);
        }
        assertThatThrownBy(() -> open().ensure(imaged(GIB), () -> packed)).isInstanceOf(StorageException.class);
        assertThat(LVM.volumes()).extracting(LogicalVolume::name).noneMatch(n -> n.startsWith("new-"));
    }

    /** As by what an agent of before had begun, and did not die with it. */
    @Test
    void aHalfThatSomebodyHasOpenKeepsNobodyFromListing() throws IOException {
        open().ensure(volume(GIB), NONE);
        var half = "new-" + "3".repeat(64);
        new ThinPool(LVM, "pool", 85).make(half, GIB);
        try (var _ = Files.newInputStream(LVM.device(half))) {
            assertThat(open().list()).containsOnlyKeys(ID);
            assertThat(LVM.volumes()).anyMatch(v -> v.name().equals(half));
        }
        open().remove(ID);
        var full = full();
        assertThatThrownBy(() -> full.ensure(imaged(GIB), this::image)).isInstanceOf(StorageException.class);
        assertThat(LVM.volumes())
                .as("when room is short")
                .noneMatch(v -> v.name().equals(half));
    }

    /** To read all of it would take a quarter of an hour. */
    @Test
    void aLargeImageTakesTheTimeOfWhatItHas() throws IOException {
        var large = folder.resolve("large.qcow2");
        run("qemu-img", "create", "-q", "-f", "qcow2", large.toString(), "250G");
        run("qemu-io", "-f", "qcow2", "-c", "write -P 7 64k 64k", large.toString());
        run("qemu-io", "-f", "qcow2", "-c", "write -P 8 200G 64k", large.toString());
        var began = System.nanoTime();
        var device =
                Path.of(open().ensure(imaged(250 * GIB), () -> large).source().path());
        var took = Duration.ofNanos(System.nanoTime() - began);
        System.out.println("a base of 250 GiB with 128 KiB: " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofMinutes(1));
        assertThat(at(device, 200 * GIB)).isEqualTo((byte) 8);
        assertThat(at(device, 64 << 10)).isEqualTo((byte) 7);
    }

    private static List<LogicalVolume> open(VolumeGroup group) {
        return new ThinPool(group, "pool", 85).look();
    }

    /** A clone of a large image beside the bare command, and the end of a large volume that was written to. The agent has looked at the group a moment ago, as ever. */
    @Test
    void aCloneTakesAtMostTwiceTheBareCommandAndARemovalNoTime() {
        var store = open();
        store.capacity();
        var base = "image-" + "1".repeat(64);
        new ThinPool(LVM, "pool", 85).make(base, 2 * GIB);
        LVM.change("lvchange", "-an", LVM.path(base));
        var bare = Long.MAX_VALUE;
        var ours = Long.MAX_VALUE;
        for (var i = 0; i < 2; i++) {
            bare = Math.min(bare, millis(() -> run("lvcreate", "-s", "-ay", "-K", "-n", "bare", LVM.path(base))));
            run("lvremove", "-f", LVM.path("bare"));
            store.capacity();
            ours = Math.min(ours, millis(() -> store.ensure(imaged(2 * GIB), NONE)));
            store.remove(ID);
        }
        var large = Path.of(store.ensure(volume(10 * GIB), NONE).source().path());
        run("qemu-io", "-f", "raw", "-c", "write -P 5 0 256M", large.toString());
        var removal = millis(() -> store.remove(ID));
        System.out.printf("bare lvcreate -s: %d ms; a clone: %d ms; removal of 10 GiB: %d ms%n", bare, ours, removal);
        assertThat(ours).isLessThan(2 * bare);
        assertThat(removal).isLessThan(10_000);
    }

    private static long millis(Runnable call) {
        var start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static ExecResult run(String... argv) {
        return Exec.run(List.of(argv), Duration.ofMinutes(1)).orThrow();
    }

    private static void write(Path device, byte pattern) {
        run("qemu-io", "-f", "raw", "-c", "write -P " + pattern + " 64k 1M", device.toString());
    }

    private static byte at(Path device, long offset) throws IOException {
        try (var in = new RandomAccessFile(device.toFile(), "r")) {
            in.seek(offset);
            return in.readByte();
        }
    }
}
