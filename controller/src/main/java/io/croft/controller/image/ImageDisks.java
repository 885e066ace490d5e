package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of a new image's instances; pure.
 *
 * @param virtualBytes of the disk that the root volume starts as
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html">Block device mappings</a>
 */
record ImageDisks(RootVolume root, long virtualBytes, List<ImageDevice> devices) {
    private static final long GIB = 1L << 30;

    ImageDisks {
        devices = List.copyOf(devices);
    }

    /**
     * Does nothing when the devices that are asked for go together.
     *
     * @throws CloudException InvalidBlockDeviceMapping, AttachmentLimitExceeded
     */
    static void check(String root, List<DiskRequest> asked) {
        BlockDevices.requireFew(asked);
        BlockDevices.requireDistinct(
                asked.stream().map(a -> a.isOf(root) ? a.at(root) : a).toList());
        for (var disk : asked) {
            if (disk.isOf(root)) {
                if (disk.removes()) {
                    throw BlockDevices.invalid("The root device '" + root + "' cannot be left out");
                }
            } else if (!new DeviceName(Objects.requireNonNull(disk.deviceName())).wellFormed()) {
                throw BlockDevices.invalid("Invalid device name " + disk.deviceName());
            }
        }
        BlockDevices.requireRoom(1
                + (int) asked.stream()
                        .filter(a -> !a.isOf(root) && !a.removes())
                        .count());
    }

    /**
     * What is asked of an image whose root volume starts as a blob's disk.
     *
     * @param gibibytes of a snapshot that is asked for; may refuse it
     * @throws CloudException InvalidBlockDeviceMapping, MissingParameter, and as {@link VolumeShape#check}
     */
    static ImageDisks ofBlob(
            String root, List<DiskRequest> asked, long virtualBytes, ToIntFunction<SnapshotId> gibibytes) {
        var disk = asked.stream().filter(a -> a.isOf(root)).findFirst().orElse(DiskRequest.DEFAULT);
        if (disk.snapshot() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The root device '" + root + "' cannot be made both of an imageLocation and of a snapshotId");
        }
        var least = (int) Math.ceilDiv(virtualBytes, GIB);
        return new ImageDisks(root(disk, least, null), virtualBytes, devices(root, asked, gibibytes));
    }

    /**
     * What is asked of an image whose root volume starts as a snapshot.
     *
     * @param gibibytes of a snapshot that is asked for; may refuse it
     * @throws CloudException MissingParameter when no snapshot is said for the root device, InvalidBlockDeviceMapping, and as {@link VolumeShape#check}
     */
    static ImageDisks ofSnapshots(String root, List<DiskRequest> asked, ToIntFunction<SnapshotId> gibibytes) {
        var disk = asked.stream()
                .filter(a -> a.isOf(root))
                .findFirst()
                .orElseThrow(() -> asked.isEmpty()
                        ? missingRoot(root)
                        : BlockDevices.invalid("No block-device mapping is of the root device '" + root + "'"));
        var id = disk.snapshot();
        if (id == null) {
            throw missingRoot(root);
        }
        var snapshot = new SnapshotId(id);
        var least = gibibytes.applyAsInt(snapshot);
        return new ImageDisks(root(disk, least, snapshot), least * GIB, devices(root, asked, gibibytes));
    }

    private static CloudException missingRoot(String root) {
        return new CloudException(
                ErrorCode.MISSING_PARAMETER,
                "The request must contain the parameter imageLocation, or snapshotId for the root device '" + root
                        + "'");
    }

    private static RootVolume root(DiskRequest asked, int least, @Nullable SnapshotId snapshot) {
        var shape = asked.on(new VolumeShape(VolumeType.DEFAULT, least, null, null));
        requireRoom(shape, least, snapshot == null ? "the image's disk" : "the snapshot '" + snapshot + "'");
        shape.checkRoot();
        return new RootVolume(shape, Objects.requireNonNullElse(asked.deleteOnTermination(), true), snapshot);
    }

    private static List<ImageDevice> devices(
            String root, List<DiskRequest> asked, ToIntFunction<SnapshotId> gibibytes) {
        return asked.stream()
                .filter(a -> !a.isOf(root) && !a.removes())
                .map(a -> device(a, gibibytes))
                .sorted(Comparator.comparing(ImageDevice::device))
                .toList();
    }

    private static ImageDevice device(DiskRequest asked, ToIntFunction<SnapshotId> gibibytes) {
        var snapshot = asked.snapshot() == null ? null : new SnapshotId(asked.snapshot());
        var least = snapshot == null ? 0 : gibibytes.applyAsInt(snapshot);
        var shape = snapshot == null ? asked.alone() : asked.on(new VolumeShape(VolumeType.DEFAULT, least, null, null));
        if (snapshot != null) {
            requireRoom(shape, least, "the snapshot '" + snapshot + "'");
        }
        shape.check();
        return new ImageDevice(
                Objects.requireNonNull(asked.deviceName()),
                shape,
                snapshot,
                least,
                Objects.requireNonNullElse(asked.deleteOnTermination(), true));
    }

    private static void requireRoom(VolumeShape shape, int least, String content) {
        if (shape.sizeGib() < least) {
            throw BlockDevices.invalid("Volume of size " + shape.sizeGib() + "GB is smaller than " + content
                    + ", expect size >= " + least + "GB");
        }
    }
}
