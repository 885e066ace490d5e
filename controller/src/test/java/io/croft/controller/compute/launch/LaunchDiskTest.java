package io.croft.controller.compute.launch;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.CloudException;
import io.croft.controller.image.ImageDevice;
import io.croft.controller.image.ImageState;
import io.croft.controller.image.ImageView;
import io.croft.controller.image.RootVolume;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.SnapshotId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an instance's volumes are, by its image's devices and what its launch says of them. */
class LaunchDiskTest {
    private static final Digest DISK = new Digest("a".repeat(64));

    private static final SnapshotId ROOT = new SnapshotId("snap-0aaaaaaaaaaaaaaaa");
    private static final SnapshotId DATA = new SnapshotId("snap-0bbbbbbbbbbbbbbbb");
    private static final SnapshotId LARGE = new SnapshotId("snap-0cccccccccccccccc");

    private static int gibibytes(SnapshotId id) {
        if (id.equals(LARGE)) {
            return 20;
        }
        throw new CloudException(ErrorCode.SNAPSHOT_NOT_FOUND, "not the caller's");
    }

    private static ImageView image(String rootDevice) {
        return image(rootDevice, DISK, null, List.of());
    }

    private static ImageView image(
            String rootDevice, @Nullable Digest blob, @Nullable SnapshotId root, List<ImageDevice> devices) {
        return new ImageView(
                new ImageId("ami-0123456789abcdef0"),
                new AccountId("111122223333"),
                "golden",
                "",
                ImageState.AVAILABLE,
                false,
                "x86_64",
                BootMode.BIOS,
                blob,
                1 << 20,
                2L << 30,
                rootDevice,
                new RootVolume(new VolumeShape(VolumeType.GP3, 2, null, null), true, root),
                devices,
                true,
                null,
                ImageView.Origin.NONE,
                null,
                Instant.EPOCH,
                Map.of());
    }

    private static List<LaunchDisk> of(DiskRequest... asked) {
        return LaunchDisk.of(image("/dev/vda"), List.of(asked), LaunchDiskTest::gibibytes);
    }

    private static DiskRequest disk(@Nullable String device, @Nullable Integer size) {
        return new DiskRequest(device, size, null, null, null, null);
    }

    private static LaunchDisk root(int size, boolean goes) {
        return new LaunchDisk("/dev/vda", true, new VolumeShape(VolumeType.GP3, size, null, null), DISK, null, goes);
    }

    private static LaunchDisk data(String device, int size) {
        return new LaunchDisk(device, false, new VolumeShape(VolumeType.GP3, size, null, null), null, null, true);
    }

    private static void invalid(DiskRequest... asked) {
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> of(asked));
    }

    @Test
    void anImagesRootIsThereWithoutAWord() {
        assertThat(of()).containsExactly(root(2, true));
    }

    @Test
    void everyNameOfTheFirstDiskIsTheRoots() {
        for (var name : Arrays.asList(null, "/dev/vda", "/dev/sda1", "/dev/sda", "/dev/xvda")) {
            assertThat(of(new DiskRequest(name, 9, null, null, null, false)))
                    .as(name)
                    .containsExactly(root(9, false));
        }
        for (var root : List.of("/dev/sda1", "/dev/xvda", "/dev/sda")) {
            assertThat(LaunchDisk.of(image(root), List.of(disk("/dev/vda", 9)), LaunchDiskTest::gibibytes))
                    .as(root)
                    .extracting(LaunchDisk::device)
                    .containsExactly(root);
        }
    }

    @Test
    void theOthersComeByTheirNames() {
        assertThat(of(disk("/dev/sdg", 3), disk("/dev/sda1", 9), disk("/dev/sdf", 1), disk("/dev/xvdba", 4)))
                .containsExactly(root(9, true), data("/dev/sdf", 1), data("/dev/sdg", 3), data("/dev/xvdba", 4));
        assertThat(of(new DiskRequest("/dev/sdf", 8, VolumeType.IO1, 200, null, false)))
                .last()
                .isEqualTo(new LaunchDisk(
                        "/dev/sdf", false, new VolumeShape(VolumeType.IO1, 8, 200, null), null, null, false));
        assertThat(of(new DiskRequest("/dev/sdf", 125, VolumeType.ST1, null, null, null)))
                .as("one that no instance boots from")
                .hasSize(2);
    }

    @Test
    void whatIsLeftOutIsNotThere() {
        assertThat(of(DiskRequest.none("/dev/sdf"))).containsExactly(root(2, true));
        invalid(DiskRequest.none("/dev/xvda"));
    }

    @Test
    void aPlaceIsNamedOnce() {
        invalid(disk("/dev/sdf", 1), disk("/dev/sdf", 1));
        invalid(disk("/dev/sdf", 1), disk("/dev/xvdf", 1));
        invalid(disk("/dev/sda1", 9), disk("/dev/vda", 9));
        invalid(disk(null, 9), disk("/dev/vda", 9));
        invalid(disk("/dev/sdf", 1), DiskRequest.none("/dev/vdf"));
    }

    @Test
    void badOnesAreRefused() {
        for (var name : List.of("sdf", "/dev/", "/dev/sdf99", "/dev/../sdf", "ephemeral0", "/dev/nvme1n1", "")) {
            invalid(disk(name, 1));
            invalid(DiskRequest.none(name));
        }
        invalid(disk("/dev/sda1", 1));
        invalid(new DiskRequest("/dev/sda1", null, null, null, null, null, null, "snap-0123456789abcdef0", null));
        refused(ErrorCode.MISSING_PARAMETER, () -> of(disk("/dev/sdf", null)));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> of(disk("/dev/sdf", 0)));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> of(disk("/dev/sdf", -1)));
        refused(
                ErrorCode.INVALID_PARAMETER_COMBINATION,
                () -> of(new DiskRequest("/dev/sdf", 9, VolumeType.GP2, 500, null, null)));
    }

    @Test
    void anInstanceHasSoManyAtMost() {
        var letters = IntStream.range(1, BlockDevices.MOST)
                .mapToObj(i -> disk("/dev/sd" + (char) ('a' + i), 1))
                .toList();
        assertThat(LaunchDisk.of(image("/dev/vda"), letters, LaunchDiskTest::gibibytes))
                .hasSize(BlockDevices.MOST);
        var more =
                Stream.concat(letters.stream(), Stream.of(disk("/dev/sdz", 1))).toList();
        refused(
                ErrorCode.ATTACHMENT_LIMIT_EXCEEDED,
                () -> LaunchDisk.of(image("/dev/vda"), more, LaunchDiskTest::gibibytes));
    }

    private static List<LaunchDisk> ofSnapshots(DiskRequest... asked) {
        var image = image(
                "/dev/sda1",
                null,
                ROOT,
                List.of(
                        new ImageDevice("/dev/sdf", shape(5), DATA, 4, false),
                        new ImageDevice("/dev/sdg", shape(3), null, 0, true)));
        return LaunchDisk.of(image, List.of(asked), LaunchDiskTest::gibibytes);
    }

    private static VolumeShape shape(int gib) {
        return new VolumeShape(VolumeType.GP3, gib, null, null);
    }

    private static DiskRequest of(String device, @Nullable Integer gib, @Nullable SnapshotId snapshot) {
        return new DiskRequest(
                device, gib, null, null, null, null, null, snapshot == null ? null : snapshot.value(), null);
    }

    private static final LaunchDisk BOOT = new LaunchDisk("/dev/sda1", true, shape(2), null, ROOT, true);
    private static final LaunchDisk KEPT = new LaunchDisk("/dev/sdf", false, shape(5), null, DATA, false);
    private static final LaunchDisk EMPTY = new LaunchDisk("/dev/sdg", false, shape(3), null, null, true);

    @Test
    void anImagesDevicesAreThereWithoutAWord() {
        assertThat(ofSnapshots()).containsExactly(BOOT, KEPT, EMPTY);
    }

    @Test
    void aLaunchSaysOtherThingsOfAnImagesDevices() {
        assertThat(ofSnapshots(DiskRequest.none("/dev/xvdf"), of("/dev/vda", 9, ROOT)))
                .containsExactly(new LaunchDisk("/dev/sda1", true, shape(9), null, ROOT, true), EMPTY);
        assertThat(ofSnapshots(new DiskRequest("/dev/xvdf", 4, VolumeType.GP2, null, null, true)))
                .contains(new LaunchDisk(
                        "/dev/sdf", false, new VolumeShape(VolumeType.GP2, 4, null, null), null, DATA, true));
        assertThat(ofSnapshots(of("/dev/sdf", null, LARGE), of("/dev/sdg", 21, LARGE), of("/dev/sdh", null, LARGE)))
                .containsExactly(
                        BOOT,
                        new LaunchDisk("/dev/sdf", false, shape(20), null, LARGE, false),
                        new LaunchDisk("/dev/sdg", false, shape(21), null, LARGE, true),
                        new LaunchDisk("/dev/sdh", false, shape(20), null, LARGE, true));
    }

    @Test
    void aVolumeHoldsItsSnapshot() {
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> ofSnapshots(of("/dev/sdf", 3, null)));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> ofSnapshots(of("/dev/sdh", 19, LARGE)));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> ofSnapshots(of("/dev/sda1", 1, null)));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> ofSnapshots(of("/dev/sda1", null, LARGE)));
    }

    @Test
    void aSnapshotThatTheImageDoesNotNameIsTheCallersToRead() {
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> ofSnapshots(of("/dev/sdh", null, DATA)));
        assertThat(ofSnapshots(of("/dev/sdf", null, DATA))).contains(KEPT);
    }
}
