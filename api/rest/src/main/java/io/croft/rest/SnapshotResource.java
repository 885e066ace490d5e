package io.croft.rest;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot, as the operator sees it.
 *
 * @param volumeId the volume that it was taken of; null when its blocks came from elsewhere
 * @param progress per cent
 * @param reason why it is in error; null unless it is
 * @param started when it was asked for
 */
public record SnapshotResource(
        String snapshotId,
        String account,
        @Nullable String volumeId,
        int sizeGib,
        String state,
        int progress,
        @Nullable String reason,
        String started) {}
