package io.croft.rest.tenant.blockstorage.volume;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param iops the I/O operations per second that EC2 tells of such a volume; null where it tells none
 * @param throughput the throughput that EC2 tells of such a volume, in MiB/s; null where it tells none
 * @param snapshotId the snapshot whose data it started with, which may have been deleted since; null for none
 * @param state EC2's name of its state
 */
public record Volume(
        String volumeId,
        int sizeGib,
        String type,
        @Nullable Integer iops,
        @Nullable Integer throughput,
        String state,
        String zone,
        String created,
        @Nullable String snapshotId,
        @Nullable VolumeAttachment attachment,
        Map<String, String> tags) {
    /** Where a volume is plugged in. */
    public record VolumeAttachment(
            String instanceId, String device, String state, String attached, boolean deleteOnTermination) {}
}
