package io.croft.controller.blockstorage.snapshot;

import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Set;

/** Who needs the blocks of snapshots, whether or not their owners have deleted them: such a snapshot is in the store until none does. What is being made of a snapshot that is being deleted can only become less. */
public interface SnapshotHolder {
    /** All whose blocks are needed. */
    Set<SnapshotId> held();

    /** What needs the blocks of one, by their ids. */
    List<String> holding(SnapshotId snapshot);
}
