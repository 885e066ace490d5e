package io.croft.rest.tenant.blockstorage.volume;

import org.jspecify.annotations.Nullable;

/**
 * The last change of a volume.
 *
 * @param state {@code modifying}, {@code completed} or {@code failed}
 * @param progress in per cent
 * @param original what the volume was before
 * @param target what it is to be
 * @param started when it was asked for
 * @param message why it failed; null where it did not
 * @param ended null while it goes on
 */
public record VolumeModification(
        String volumeId,
        String state,
        int progress,
        VolumeShape original,
        VolumeShape target,
        String started,
        @Nullable String ended,
        @Nullable String message) {
    /**
     * What a volume is shown with.
     *
     * @param iops the I/O operations per second that EC2 tells of such a volume; null where it tells none
     * @param throughput the throughput that EC2 tells of such a volume, in MiB/s; null where it tells none
     */
    public record VolumeShape(
            int sizeGib,
            String type,
            @Nullable Integer iops,
            @Nullable Integer throughput) {}
}
