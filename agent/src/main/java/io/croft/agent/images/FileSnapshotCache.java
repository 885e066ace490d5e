package io.croft.agent.images;

import io.croft.protocol.Failure;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A {@link SnapshotCache} in one folder: {@code <id>.raw}, sparse and read-only. A fetch that was cut goes on: what is there of it is read again and proved, and only the rest comes. */
public final class FileSnapshotCache implements SnapshotCache {
    private final CacheFolder folder;
    private final SnapshotSource source;

    public FileSnapshotCache(CacheFolder folder, SnapshotSource source) {
        this.folder = folder;
        this.source = source;
    }

    @Override
    public Path require(SnapshotId id) {
        return folder.require(id.value(), UnusedImages.RAW, part -> fetch(id, part));
    }

    private void fetch(SnapshotId id, Path part) throws IOException {
        var origin = source.origin(id).orElseThrow(() -> damaged(id));
        try (var fetch = new SnapshotFetch(id, origin, source, part)) {
            var there = new AtomicLong(fetch.there());
            try (var _ = folder.room(id.value(), () -> Math.max(0, fetch.bytes() - there.get()))) {
                fetch.run(there);
            }
        }
    }

    /** It does not become better by itself, but the operator may put the store right. */
    static RuntimeException damaged(SnapshotId id) {
        return CacheFolder.failure(
                Failure.Code.BLOB_CORRUPT,
                "some of " + id + " is missing or damaged in the controller's snapshot store",
                false,
                null);
    }
}
