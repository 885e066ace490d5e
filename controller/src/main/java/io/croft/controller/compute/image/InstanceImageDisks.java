package io.croft.controller.compute.image;

import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.context.CloudException;
import io.croft.controller.image.ImageDevice;
import io.croft.controller.image.RootVolume;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.ToIntFunction;

/**
 * What an image of an instance is to have; pure.
 *
 * @param root without its snapshot
 * @param devices those that are made of volumes without their snapshots
 * @param sources the volumes of which snapshots are to be taken, with the devices that start as these; the root's among them
 */
record InstanceImageDisks(RootVolume root, List<ImageDevice> devices, SequencedMap<VolumeId, String> sources) {
    /**
     * The instance's devices, with what is asked of them and beyond.
     *
     * @param volumes of the instance
     * @param gibibytes of a snapshot that the request names; refuses those that it may not name
     * @throws CloudException InvalidBlockDeviceMapping, AttachmentLimitExceeded, MissingParameter, IncorrectState for an instance without a root volume, and as {@link VolumeShape#check}
     */
    static InstanceImageDisks of(
            String root, List<VolumeView> volumes, List<DiskRequest> asked, ToIntFunction<SnapshotId> gibibytes) {
        check(root, asked);
        var sources = new LinkedHashMap<VolumeId, String>();
        var devices = new ArrayList<ImageDevice>();
        RootVolume boot = null;
        for (var volume : volumes) {
            var attachment = volume.attachment();
            if (attachment == null || attachment.state() == AttachmentState.DETACHING) {
                continue;
            }
            var device = attachment.boot() ? root : attachment.device();
            var disk = asked.stream().filter(a -> a.isOf(device)).findFirst().orElse(DiskRequest.DEFAULT);
            if (disk.removes() && !attachment.boot()) {
                continue;
            }
            if (disk.snapshot() != null && !attachment.boot()) {
                devices.add(other(disk.at(device), gibibytes));
                continue;
            }
            var shape = resized(disk, volume);
            var goes = Objects.requireNonNullElse(disk.deleteOnTermination(), attachment.deleteOnTermination());
            sources.put(volume.id(), device);
            if (attachment.boot()) {
                shape.checkRoot();
                boot = new RootVolume(shape, goes, null);
            } else {
                shape.check();
                devices.add(new ImageDevice(device, shape, null, 0, goes));
            }
        }
        if (boot == null) {
            throw new CloudException(ErrorCode.INCORRECT_STATE, "The instance has no root volume.");
        }
        for (var disk : asked) {
            if (!disk.removes() && !disk.isOf(root) && devices.stream().noneMatch(d -> disk.isOf(d.device()))) {
                devices.add(other(disk, gibibytes));
            }
        }
        devices.sort(Comparator.comparing(ImageDevice::device));
        BlockDevices.requireRoom(1 + devices.size());
        return new InstanceImageDisks(boot, List.copyOf(devices), sources);
    }

    private static void check(String root, List<DiskRequest> asked) {
        BlockDevices.requireFew(asked);
        BlockDevices.requireDistinct(
                asked.stream().map(a -> a.isOf(root) ? a.at(root) : a).toList());
        for (var disk : asked) {
            if (!disk.isOf(root)) {
                if (!new DeviceName(Objects.requireNonNull(disk.deviceName())).wellFormed()) {
                    throw BlockDevices.invalid("Invalid device name " + disk.deviceName());
                }
            } else if (disk.removes()) {
                throw BlockDevices.invalid("The root device '" + root + "' cannot be left out");
            } else if (disk.snapshot() != null) {
                throw BlockDevices.invalid("snapshotId cannot be modified on root device");
            }
        }
    }

    private static VolumeShape resized(DiskRequest asked, VolumeView volume) {
        var shape = asked.on(volume.shape());
        if (shape.sizeGib() < volume.shape().sizeGib()) {
            throw BlockDevices.invalid("Volume of size " + shape.sizeGib() + "GB is smaller than the volume '"
                    + volume.id() + "', expect size >= " + volume.shape().sizeGib() + "GB");
        }
        return shape;
    }

    private static ImageDevice other(DiskRequest asked, ToIntFunction<SnapshotId> gibibytes) {
        var snapshot = asked.snapshot() == null ? null : new SnapshotId(asked.snapshot());
        var least = snapshot == null ? 0 : gibibytes.applyAsInt(snapshot);
        var shape = snapshot == null ? asked.alone() : asked.on(new VolumeShape(VolumeType.DEFAULT, least, null, null));
        if (shape.sizeGib() < least) {
            throw BlockDevices.invalid("Volume of size " + shape.sizeGib() + "GB is smaller than snapshot '" + snapshot
                    + "', expect size >= " + least + "GB");
        }
        shape.check();
        return new ImageDevice(
                Objects.requireNonNull(asked.deviceName()),
                shape,
                snapshot,
                least,
                Objects.requireNonNullElse(asked.deleteOnTermination(), true));
    }
}
