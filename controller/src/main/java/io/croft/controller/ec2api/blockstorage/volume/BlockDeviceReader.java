package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.awsedge.Given;
import io.croft.controller.awsedge.Parameters;
import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.CloudException;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;

/** Reads block device mappings. */
@Parameters({
    "BlockDeviceMapping.DeviceName",
    "BlockDeviceMapping.NoDevice",
    "BlockDeviceMapping.Ebs.SnapshotId",
    "BlockDeviceMapping.Ebs.VolumeSize",
    "BlockDeviceMapping.Ebs.VolumeType",
    "BlockDeviceMapping.Ebs.Iops",
    "BlockDeviceMapping.Ebs.Throughput",
    "BlockDeviceMapping.Ebs.DeleteOnTermination"
})
public final class BlockDeviceReader {
    /** The parameter whose empty text is its value: EC2's clients give it so. */
    public static final String NO_DEVICE = "BlockDeviceMapping.NoDevice";

    private BlockDeviceReader() {}

    /**
     * Reads each of the mappings of a request.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue, InvalidBlockDeviceMapping
     */
    public static List<DiskRequest> read(List<BlockDeviceMapping> mappings) {
        return IntStream.range(0, mappings.size())
                .mapToObj(i -> read(mappings.get(i), "BlockDeviceMapping." + (i + 1)))
                .toList();
    }

    /** Malformed ids are refused here, by their own error. */
    private static @Nullable String snapshot(@Nullable String id) {
        return id == null ? null : new SnapshotId(id).value();
    }

    private static DiskRequest read(BlockDeviceMapping mapping, String path) {
        var device = Given.value(mapping.deviceName(), path + ".DeviceName");
        var ebs = mapping.ebs();
        if (mapping.noDevice() != null) {
            if (ebs != null) {
                throw BlockDevices.invalid(
                        "The device '" + device + "' is mapped to nothing and to a volume in one block-device mapping");
            }
            return DiskRequest.none(device);
        }
        return ebs == null
                ? new DiskRequest(device, null, null, null, null, null)
                : new DiskRequest(
                        device,
                        ebs.volumeSize(),
                        Optional.ofNullable(ebs.volumeTypeAsString())
                                .map(VolumeType::named)
                                .orElse(null),
                        ebs.iops(),
                        ebs.throughput(),
                        ebs.deleteOnTermination(),
                        ebs.encrypted(),
                        snapshot(ebs.snapshotId()),
                        null);
    }
}
