package io.croft.controller.compute;

import io.croft.controller.blockstorage.VolumeShape;
import io.croft.controller.blockstorage.VolumeType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a launch says of the root volume.
 *
 * @param deviceName must be the image's root device name; null when the launch names none
 * @param sizeGib in GiB, at least the image's; null for the image's own
 * @param volumeType null for the image's
 * @param iops I/O operations per second; null for the image's, as long as the type is
 * @param throughput in MiB/s; null for the image's, as long as the type is
 * @param deleteOnTermination null for the image's
 */
public record RootDiskRequest(
        @Nullable String deviceName,
        @Nullable Integer sizeGib,
        @Nullable VolumeType volumeType,
        @Nullable Integer iops,
        @Nullable Integer throughput,
        @Nullable Boolean deleteOnTermination) {
    /** Everything as the image has it. */
    public static final RootDiskRequest DEFAULT = new RootDiskRequest(null, null, null, null, null, null);

    /** The volume that it makes of the image's. */
    VolumeShape on(VolumeShape image) {
        var size = Objects.requireNonNullElse(sizeGib, image.sizeGib());
        var type = Objects.requireNonNullElse(volumeType, image.type());
        var same = type == image.type();
        return new VolumeShape(
                type,
                size,
                iops == null && same ? image.iops() : iops,
                throughput == null && same ? image.throughput() : throughput);
    }
}
