package io.croft.controller.blockstorage.volume;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Coalesce;
import io.croft.types.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a launch says of a block device of its instances, and a new image of those of its. What is null is as the image has it, or as its disk needs it.
 *
 * @param deviceName null for the image's root device
 * @param sizeGib in GiB
 * @param iops I/O operations per second
 * @param throughput in MiB/s
 * @param encrypted kept to be shown again; no volume is
 * @param snapshot the id of the one that it is made of
 * @param absent whether there is to be nothing at the device, whatever the image has there
 */
public record DiskRequest(
        @Nullable String deviceName,
        @Nullable Integer sizeGib,
        @Nullable VolumeType volumeType,
        @Nullable Integer iops,
        @Nullable Integer throughput,
        @Nullable Boolean deleteOnTermination,
        @Nullable Boolean encrypted,
        @Nullable String snapshot,
        @Nullable Boolean absent) {
    /** Nothing is said. */
    public static final DiskRequest DEFAULT = new DiskRequest(null, null, null, null, null, null);

    /** One of a device that is there, and made of no snapshot. */
    public DiskRequest(
            @Nullable String deviceName,
            @Nullable Integer sizeGib,
            @Nullable VolumeType volumeType,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            @Nullable Boolean deleteOnTermination) {
        this(deviceName, sizeGib, volumeType, iops, throughput, deleteOnTermination, null, null, null);
    }

    /** Nothing is to be at the device. */
    public static DiskRequest none(String deviceName) {
        return new DiskRequest(deviceName, null, null, null, null, null, null, null, true);
    }

    /** Whether nothing is to be at the device. */
    public boolean removes() {
        return Boolean.TRUE.equals(absent);
    }

    /** What is told apart by its device: the place that is named; empty for the image's root device. */
    public String place() {
        return deviceName == null ? "" : new DeviceName(deviceName).place();
    }

    /** Whether it is about the root device, or names none. */
    public boolean isOf(String rootDevice) {
        return deviceName == null || new DeviceName(deviceName).samePlace(new DeviceName(rootDevice));
    }

    /** The same at a device. */
    public DiskRequest at(String device) {
        return new DiskRequest(
                device, sizeGib, volumeType, iops, throughput, deleteOnTermination, encrypted, snapshot, absent);
    }

    /** This request where it says something, else {@code base}, which is about the same device. */
    public DiskRequest over(DiskRequest base) {
        if (removes() || base.removes()) {
            return this;
        }
        return new DiskRequest(
                deviceName,
                Coalesce.first(sizeGib, base.sizeGib),
                Coalesce.first(volumeType, base.volumeType),
                Coalesce.first(iops, base.iops),
                Coalesce.first(throughput, base.throughput),
                Coalesce.first(deleteOnTermination, base.deleteOnTermination),
                Coalesce.first(encrypted, base.encrypted),
                Coalesce.first(snapshot, base.snapshot),
                null);
    }

    /** The volume that it makes of the standard one, whose performance is that of its own type alone. */
    public VolumeShape on(VolumeShape standard) {
        return shape(Objects.requireNonNullElse(sizeGib, standard.sizeGib()), standard);
    }

    /**
     * The volume that it makes of no other.
     *
     * @throws CloudException MissingParameter when it does not say its size
     */
    public VolumeShape alone() {
        if (sizeGib == null) {
            throw new CloudException(
                    ErrorCode.MISSING_PARAMETER,
                    "The request must contain the parameter size or snapshotId for the device '" + deviceName + "'");
        }
        return shape(sizeGib, new VolumeShape(VolumeType.DEFAULT, sizeGib, null, null));
    }

    private VolumeShape shape(int size, VolumeShape standard) {
        var type = Objects.requireNonNullElse(volumeType, standard.type());
        var same = type == standard.type();
        return new VolumeShape(
                type,
                size,
                iops == null && same ? standard.iops() : iops,
                throughput == null && same ? standard.throughput() : throughput);
    }

    /** All that it says, for a digest: as launches of before had it, when they had one disk and said less. */
    public String digested() {
        var before = "RootDiskRequest[deviceName=" + deviceName + ", sizeGib=" + sizeGib + ", volumeType=" + volumeType
                + ", iops=" + iops + ", throughput=" + throughput + ", deleteOnTermination=" + deleteOnTermination
                + "]";
        return (snapshot == null ? before : before + snapshot) + (removes() ? "absent" : "");
    }
}
