package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Coalesce;
import io.croft.types.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a launch says of its root volume, and a new image of those of its instances. What is null is as the image has it, or as its disk needs it.
 *
 * @param deviceName must be the image's root device name
 * @param sizeGib in GiB
 * @param iops I/O operations per second
 * @param throughput in MiB/s
 */
public record RootDiskRequest(
        @Nullable String deviceName,
        @Nullable Integer sizeGib,
        @Nullable VolumeType volumeType,
        @Nullable Integer iops,
        @Nullable Integer throughput,
        @Nullable Boolean deleteOnTermination) {
    /** Nothing is said. */
    public static final RootDiskRequest DEFAULT = new RootDiskRequest(null, null, null, null, null, null);

    /** This request where it says something, else {@code base}, which is about the same device. */
    public RootDiskRequest over(RootDiskRequest base) {
        return new RootDiskRequest(
                deviceName,
                Coalesce.first(sizeGib, base.sizeGib),
                Coalesce.first(volumeType, base.volumeType),
                Coalesce.first(iops, base.iops),
                Coalesce.first(throughput, base.throughput),
                Coalesce.first(deleteOnTermination, base.deleteOnTermination));
    }

    /**
     * Does nothing when it is about the root device, or names none.
     *
     * @throws CloudException UnsupportedOperation
     */
    public void checkDevice(String rootDevice) {
        if (deviceName != null && !deviceName.equals(rootDevice)) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "BlockDeviceMapping for '" + deviceName + "': only the root device '" + rootDevice
                            + "' can be mapped");
        }
    }

    /** The volume that it makes of the standard one, whose performance is that of its own type alone. */
    public VolumeShape on(VolumeShape standard) {
        var size = Objects.requireNonNullElse(sizeGib, standard.sizeGib());
        var type = Objects.requireNonNullElse(volumeType, standard.type());
        var same = type == standard.type();
        return new VolumeShape(
                type,
                size,
                iops == null && same ? standard.iops() : iops,
                throughput == null && same ? standard.throughput() : throughput);
    }
}
