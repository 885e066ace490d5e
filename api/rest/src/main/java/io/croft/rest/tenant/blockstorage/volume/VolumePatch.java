package io.croft.rest.tenant.blockstorage.volume;

import org.jspecify.annotations.Nullable;

/**
 * What to change of a volume; what is absent stays.
 *
 * @param sizeGib not less than it has
 * @param type one of EC2's volume types
 * @param iops the I/O operations per second that are asked for, where the type has them
 * @param throughput the throughput that is asked for, in MiB/s, where the type has it
 */
public record VolumePatch(
        @Nullable Integer sizeGib,
        @Nullable String type,
        @Nullable Integer iops,
        @Nullable Integer throughput) {}
