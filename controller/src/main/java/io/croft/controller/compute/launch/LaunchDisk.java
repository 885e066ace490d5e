package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.CloudException;
import io.croft.controller.image.ImageDevice;
import io.croft.controller.image.ImageView;
import io.croft.types.Digest;
import io.croft.types.SnapshotId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A volume that each instance of a launch gets; pure.
 *
 * @param boot whether the instance boots from it
 * @param image what it starts as a copy of; null for none
 * @param snapshot what it starts as; null for none, and where there is an image
 */
record LaunchDisk(
        String device,
        boolean boot,
        VolumeShape shape,
        @Nullable Digest image,
        @Nullable SnapshotId snapshot,
        boolean deleteOnTermination) {
    /**
     * The image's devices, with what is asked of them and beyond: the one to boot from first, the others by their names. One that nobody says it of goes with its instance.
     *
     * @param gibibytes of a snapshot that the request names, and of which its caller may make volumes; refuses others. Those that the image names are its owner's word
     * @throws CloudException InvalidBlockDeviceMapping, AttachmentLimitExceeded, MissingParameter, and as {@link VolumeShape#check}
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html">Block device mappings</a>
     */
    static List<LaunchDisk> of(ImageView image, List<DiskRequest> asked, ToIntFunction<SnapshotId> gibibytes) {
        var root = image.rootDeviceName();
        BlockDevices.requireDistinct(
                asked.stream().map(a -> a.isOf(root) ? a.at(root) : a).toList());
        var others = asked.stream()
                .filter(a -> !a.isOf(root))
                .peek(LaunchDisk::checkName)
                .toList();
        var disks = new ArrayList<LaunchDisk>();
        disks.add(
                boot(image, asked.stream().filter(a -> a.isOf(root)).findFirst().orElse(DiskRequest.DEFAULT)));
        Stream.concat(
                        image.devices().stream().flatMap(d -> of(d, others, gibibytes).stream()),
                        others.stream()
                                .filter(a ->
                                        !a.removes() && image.devices().stream().noneMatch(d -> a.isOf(d.device())))
                                .map(a -> data(a, gibibytes)))
                .sorted(Comparator.comparing(LaunchDisk::device))
                .forEach(disks::add);
        BlockDevices.requireRoom(disks.size());
        return List.copyOf(disks);
    }

    private static LaunchDisk boot(ImageView image, DiskRequest asked) {
        var own = image.rootVolume();
        if (asked.removes()) {
            throw BlockDevices.invalid("The root device '" + image.rootDeviceName() + "' cannot be left out");
        }
        if (asked.snapshot() != null && !isOf(asked.snapshot(), own.snapshot())) {
            throw BlockDevices.invalid("snapshotId cannot be modified on root device");
        }
        if (asked.sizeGib() != null && asked.sizeGib() < image.leastVolumeGibibytes()) {
            throw BlockDevices.invalid("Volume of size " + asked.sizeGib() + "GB is smaller than the image '"
                    + image.id() + "', expect size >= " + image.leastVolumeGibibytes() + "GB");
        }
        var shape = asked.on(own.shape());
        shape.checkRoot();
        return new LaunchDisk(
                image.rootDeviceName(),
                true,
                shape,
                image.digest(),
                own.snapshot(),
                Objects.requireNonNullElse(asked.deleteOnTermination(), own.deleteOnTermination()));
    }

    private static boolean isOf(String asked, @Nullable SnapshotId snapshot) {
        return snapshot != null && snapshot.value().equals(asked);
    }

    /** What becomes of an image's device; empty where the launch leaves it out. */
    private static Optional<LaunchDisk> of(
            ImageDevice own, List<DiskRequest> others, ToIntFunction<SnapshotId> gibibytes) {
        var asked =
                others.stream().filter(a -> a.isOf(own.device())).findFirst().orElse(DiskRequest.DEFAULT);
        if (asked.removes()) {
            return Optional.empty();
        }
        var snapshot = asked.snapshot() == null ? own.snapshot() : new SnapshotId(asked.snapshot());
        var another = snapshot != null && !snapshot.equals(own.snapshot());
        var least = another ? gibibytes.applyAsInt(snapshot) : own.leastGib();
        var standard = another ? resized(own.shape(), least) : own.shape();
        return Optional.of(data(
                own.device(),
                asked.on(standard),
                snapshot,
                least,
                Objects.requireNonNullElse(asked.deleteOnTermination(), own.deleteOnTermination())));
    }

    private static VolumeShape resized(VolumeShape shape, int gib) {
        return new VolumeShape(shape.type(), gib, shape.iops(), shape.throughput());
    }

    private static LaunchDisk data(DiskRequest asked, ToIntFunction<SnapshotId> gibibytes) {
        var snapshot = asked.snapshot() == null ? null : new SnapshotId(asked.snapshot());
        var least = snapshot == null ? 0 : gibibytes.applyAsInt(snapshot);
        return data(
                Objects.requireNonNull(asked.deviceName()),
                snapshot == null ? asked.alone() : asked.on(new VolumeShape(VolumeType.DEFAULT, least, null, null)),
                snapshot,
                least,
                Objects.requireNonNullElse(asked.deleteOnTermination(), true));
    }

    private static LaunchDisk data(
            String device, VolumeShape shape, @Nullable SnapshotId snapshot, int least, boolean deleteOnTermination) {
        if (snapshot != null && shape.sizeGib() < least) {
            throw BlockDevices.invalid("Volume of size " + shape.sizeGib() + "GB is smaller than snapshot '" + snapshot
                    + "', expect size >= " + least + "GB");
        }
        shape.check();
        return new LaunchDisk(device, false, shape, null, snapshot, deleteOnTermination);
    }

    /** EC2's name of its volume's type. */
    String type() {
        return shape.type().ec2Name();
    }

    private static void checkName(DiskRequest asked) {
        var name = new DeviceName(Objects.requireNonNull(asked.deviceName()));
        if (!name.wellFormed()) {
            throw BlockDevices.invalid("Invalid device name " + name);
        }
    }
}
