package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.awsedge.Given;
import io.croft.controller.awsedge.Parameters;
import io.croft.controller.blockstorage.volume.RootDiskRequest;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;

/** Reads what is said of the root volume. Of the block devices it alone can be mapped: others would be made of snapshots. */
@Parameters({
    "BlockDeviceMapping.DeviceName",
    "BlockDeviceMapping.Ebs.VolumeSize",
    "BlockDeviceMapping.Ebs.VolumeType",
    "BlockDeviceMapping.Ebs.Iops",
    "BlockDeviceMapping.Ebs.Throughput",
    "BlockDeviceMapping.Ebs.DeleteOnTermination"
})
public final class RootDiskReader {
    private RootDiskReader() {}

    /**
     * Reads the mappings of a request that can have one.
     *
     * @throws CloudException UnsupportedOperation for more than one, MissingParameter, InvalidParameterValue
     */
    public static RootDiskRequest read(List<BlockDeviceMapping> mappings) {
        if (mappings.isEmpty()) {
            return RootDiskRequest.DEFAULT;
        }
        if (mappings.size() > 1) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION, "The parameter BlockDeviceMapping.2 is not supported");
        }
        return read(mappings.getFirst());
    }

    /**
     * Reads each of the mappings of a request.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue
     */
    public static List<RootDiskRequest> each(List<BlockDeviceMapping> mappings) {
        return mappings.stream().map(RootDiskReader::read).toList();
    }

    private static RootDiskRequest read(BlockDeviceMapping mapping) {
        var device = Given.value(mapping.deviceName(), "BlockDeviceMapping.1.DeviceName");
        var ebs = mapping.ebs();
        return ebs == null
                ? new RootDiskRequest(device, null, null, null, null, null)
                : new RootDiskRequest(
                        device,
                        ebs.volumeSize(),
                        Optional.ofNullable(ebs.volumeTypeAsString())
                                .map(VolumeType::named)
                                .orElse(null),
                        ebs.iops(),
                        ebs.throughput(),
                        ebs.deleteOnTermination());
    }
}
