package io.croft.agent.images;

import io.croft.types.Digest;
import java.nio.file.Path;

/** The host's copies of image blobs. Concurrent callers of one digest share one fetch. */
public interface ImageCache {
    /**
     * The blob as a local, read-only file, fetched and verified when it is not there yet. Who needs it for longer than a moment links it to a name of their own: the cache may
     * drop its name at any time.
     *
     * @throws io.croft.agent.storage.StorageException with BLOB_MISSING, BLOB_CORRUPT, IMAGE_UNUSABLE or DISK_FULL
     */
    Path require(Digest digest);

    /** What the cache keeps now. */
    Kept kept();

    /**
     * Copies of images.
     *
     * @param bytes what they take
     */
    record Kept(int images, long bytes) {}
}
