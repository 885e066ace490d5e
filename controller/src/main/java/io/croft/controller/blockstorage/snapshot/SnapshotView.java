package io.croft.controller.blockstorage.snapshot;

import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot as whoever may read it sees it.
 *
 * @param volume that it was taken of; null when its blocks came from elsewhere
 * @param parent the snapshot whose blocks it began with; null for none
 * @param progress per cent
 * @param message why it is in error; null unless it is
 * @param completed null while it is not
 * @param tags its owner's, for its owner
 */
public record SnapshotView(
        SnapshotId id,
        AccountId owner,
        @Nullable String volume,
        @Nullable SnapshotId parent,
        int sizeGib,
        SnapshotState state,
        int progress,
        @Nullable String message,
        String description,
        Instant started,
        @Nullable Instant completed,
        Map<String, String> tags) {}
