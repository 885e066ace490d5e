package io.croft.controller.blockstorage.snapshot.store;

import io.croft.types.AccountId;
import io.croft.types.SnapshotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of its snapshot, besides its blocks: enough to make its row again.
 *
 * @param lineage whose key the blocks are under
 * @param volume that it was taken of; null when its blocks came from elsewhere
 */
public record ManifestHeader(
        SnapshotId snapshot,
        AccountId owner,
        Lineage lineage,
        int sizeGib,
        @Nullable String volume,
        String description,
        Instant started) {}
