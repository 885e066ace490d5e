package io.croft.rest.tenant.blockstorage.volume;

import org.jspecify.annotations.Nullable;

/**
 * The last change of a volume.
 *
 * @param state {@code modifying}, {@code completed} or {@code failed}
 * @param progress in per cent
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
    /** What a volume is shown with. */
    public record VolumeShape(
            int sizeGib,
            String type,
            @Nullable Integer iops,
            @Nullable Integer throughput) {}
}
