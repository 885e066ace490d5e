package io.croft.controller.blockstorage.volume;

import io.croft.types.VolumeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last modification of a volume.
 *
 * @param original what it was shown as before
 * @param target what it is to be shown as
 * @param ended when it was carried out or given up; null while it is not
 * @param message why it was given up, for the volume's owner; null where it was not
 */
public record VolumeModification(
        VolumeId volume,
        VolumeModificationState state,
        VolumeShape original,
        VolumeShape target,
        Instant started,
        @Nullable Instant ended,
        @Nullable String message) {
    private static final int WHOLE = 100;

    /** How much of it is carried out, in per cent. */
    public int progress() {
        return state == VolumeModificationState.COMPLETED ? WHOLE : 0;
    }
}
