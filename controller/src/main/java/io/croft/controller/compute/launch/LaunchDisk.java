package io.croft.controller.compute.launch;

import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.context.CloudException;
import io.croft.controller.image.ImageView;
import io.croft.types.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A volume that each instance of a launch gets; pure.
 *
 * @param boot whether the instance boots from it
 * @param image what it starts as a copy of; null for an empty one
 */
record LaunchDisk(
        String device,
        boolean boot,
        VolumeShape shape,
        @Nullable Digest image,
        boolean deleteOnTermination) {
    /**
     * The image's devices, with what is asked of them and beyond: the one to boot from first, the others by their names. One that nobody says it of goes with its instance.
     *
     * @throws CloudException InvalidBlockDeviceMapping, AttachmentLimitExceeded, MissingParameter, and as {@link VolumeShape#check}
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html">Block device mappings</a>
     */
    static List<LaunchDisk> of(ImageView image, List<DiskRequest> asked) {
        var root = image.rootDeviceName();
        BlockDevices.requireDistinct(
                asked.stream().map(a -> a.isOf(root) ? a.at(root) : a).toList());
        var disks = new ArrayList<LaunchDisk>();
        disks.add(
                boot(image, asked.stream().filter(a -> a.isOf(root)).findFirst().orElse(DiskRequest.DEFAULT)));
        asked.stream()
                .filter(a -> !a.isOf(root))
                .peek(LaunchDisk::checkName)
                .filter(a -> !a.removes())
                .map(LaunchDisk::data)
                .sorted(Comparator.comparing(LaunchDisk::device))
                .forEach(disks::add);
        BlockDevices.requireRoom(disks.size());
        return List.copyOf(disks);
    }

    private static LaunchDisk boot(ImageView image, DiskRequest asked) {
        if (asked.removes()) {
            throw BlockDevices.invalid("The root device '" + image.rootDeviceName() + "' cannot be left out");
        }
        if (asked.snapshot() != null) {
            throw BlockDevices.invalid("snapshotId cannot be modified on root device");
        }
        if (asked.sizeGib() != null && asked.sizeGib() < image.leastVolumeGibibytes()) {
            throw BlockDevices.invalid("Volume of size " + asked.sizeGib() + "GB is smaller than the image '"
                    + image.id() + "', expect size >= " + image.leastVolumeGibibytes() + "GB");
        }
        var own = image.rootVolume();
        var shape = asked.on(own.shape());
        shape.checkRoot();
        return new LaunchDisk(
                image.rootDeviceName(),
                true,
                shape,
                image.digest(),
                Objects.requireNonNullElse(asked.deleteOnTermination(), own.deleteOnTermination()));
    }

    private static LaunchDisk data(DiskRequest asked) {
        var shape = asked.alone();
        shape.check();
        return new LaunchDisk(
                Objects.requireNonNull(asked.deviceName()),
                false,
                shape,
                null,
                Objects.requireNonNullElse(asked.deleteOnTermination(), true));
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
