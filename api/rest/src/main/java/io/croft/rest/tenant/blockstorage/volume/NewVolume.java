package io.croft.rest.tenant.blockstorage.volume;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a volume, empty or of a snapshot.
 *
 * @param sizeGib may be left out beside a snapshot, whose size it is then
 * @param snapshotId a completed snapshot whose data the volume starts with; an empty volume without one
 * @param type one of EC2's volume types; {@code gp2} by default
 * @param iops the I/O operations per second that are asked for, where the type has them
 * @param throughput the throughput that is asked for, in MiB/s, where the type has it
 */
public record NewVolume(
        @Nullable Integer sizeGib,
        String zone,
        @Nullable String snapshotId,
        @Nullable String type,
        @Nullable Integer iops,
        @Nullable Integer throughput,
        @Nullable Map<String, String> tags) {
    public NewVolume {
        Objects.requireNonNull(zone, "zone is missing");
    }
}
