package io.croft.controller.blockstorage.snapshot;

import io.croft.types.SnapshotId;
import java.util.Optional;

/** A module whose things need snapshots: one that is needed is not deleted. Whoever comes to need one holds it ({@link Snapshots#hold}), so that it is not being deleted meanwhile. */
public interface SnapshotUser {
    /** The id of a thing that needs the snapshot, which its owner is told; empty when none does. */
    Optional<String> userOf(SnapshotId snapshot);
}
