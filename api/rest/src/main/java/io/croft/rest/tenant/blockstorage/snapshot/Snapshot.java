package io.croft.rest.tenant.blockstorage.snapshot;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot.
 *
 * @param volumeId the volume that it was taken of; null when its blocks came from elsewhere
 * @param sizeGib of that volume
 * @param state EC2's name of its state
 * @param progress per cent
 * @param reason why it is in error; null unless it is
 * @param started when it was asked for
 * @param completed null while it is not
 */
public record Snapshot(
        String snapshotId,
        @Nullable String volumeId,
        int sizeGib,
        String state,
        int progress,
        @Nullable String reason,
        String description,
        String started,
        @Nullable String completed,
        Map<String, String> tags) {}
