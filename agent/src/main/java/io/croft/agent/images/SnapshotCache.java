package io.croft.agent.images;

import io.croft.types.SnapshotId;
import java.nio.file.Path;

/** The host's copies of snapshots that volumes are made of. Concurrent callers of one share one fetch. */
public interface SnapshotCache {
    /**
     * The snapshot's bytes as a local, read-only, sparse file, raw, fetched and verified when it is not there yet. Who needs it for longer than a moment links it to a name of their own: the cache may drop its name at any time.
     *
     * @throws io.croft.agent.storage.StorageException with BLOB_CORRUPT, DISK_FULL or STORAGE
     */
    Path require(SnapshotId id);
}
