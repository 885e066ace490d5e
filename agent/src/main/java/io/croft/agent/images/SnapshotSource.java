package io.croft.agent.images;

import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.util.Optional;

/** Where snapshots come from that volumes are made of: the controller, or a map in tests. Each answer is empty when the source has lost or damaged what it is about, and says so in the snapshot's own history. */
public interface SnapshotSource {
    /** How large a snapshot is, and how its blocks are named. */
    Optional<SnapshotOrigin> origin(SnapshotId id) throws IOException;

    /** What it has from a block on. */
    Optional<SnapshotPage> page(SnapshotId id, int from) throws IOException;

    /** The bytes of a block. */
    Optional<byte[]> block(SnapshotId id, int index) throws IOException;
}
