package io.croft.agent.images;

import io.croft.agent.files.Durable;
import io.croft.agent.files.PromisedRoom;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A folder of files that are there under their names only when they are whole and verified, each fetched once. */
public final class CacheFolder {
    private final Path folder;
    private final long reserveBytes;
    private final InstantSource clock;
    private final UnusedImages unused;
    private final Map<String, Object> fetching = new ConcurrentHashMap<>();
    private final PromisedRoom promised = new PromisedRoom();

    /**
     * @param folder where the files are; made when missing
     * @param reserveBytes free bytes of the file system that fetches may not touch, however many run at once
     */
    public CacheFolder(Path folder, long reserveBytes, InstantSource clock) {
        this.folder = folder;
        this.reserveBytes = reserveBytes;
        this.clock = clock;
        this.unused = new UnusedImages(folder);
    }

    /** Fills a part, which may be there already in part, until it is whole and verified. */
    interface Fetch {
        void into(Path part) throws IOException;
    }

    Path folder() {
        return folder;
    }

    /**
     * A file, fetched when it is not there.
     *
     * @param what it is of, by a name that is no other's
     */
    Path require(String what, String suffix, Fetch fetch) {
        var file = folder.resolve(what + suffix);
        synchronized (fetching.computeIfAbsent(what, _ -> new Object())) {
            try {
                if (!Files.exists(file)) {
                    Files.createDirectories(folder);
                    unused.expire(clock.instant());
                    var part = folder.resolve(what + UnusedImages.PART);
                    fetch.into(part);
                    publish(part, file);
                }
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            } catch (IOException e) {
                throw failure(Failure.Code.STORAGE, "cannot fetch " + what + ": " + e.getMessage(), true, e);
            }
        }
        return file;
    }

    /**
     * Room for what is left of a part, promised to it until closed.
     *
     * @param unwritten how many bytes that is, now and whenever it is asked
     */
    PromisedRoom.Promise room(String what, PromisedRoom.Unwritten unwritten) throws IOException {
        synchronized (promised) {
            var others = promised.unwritten();
            var length = unwritten.bytes();
            var needed = length + others + reserveBytes;
            if (unused.free(needed) >= needed) {
                return promised.to(unwritten);
            }
            var message = "no room to fetch %s: %d MiB, besides %d MiB for other fetches and %d MiB in reserve"
                    .formatted(what, length >> 20, others >> 20, reserveBytes >> 20);
            throw failure(Failure.Code.DISK_FULL, message, false, null);
        }
    }

    private void publish(Path part, Path file) throws IOException {
        if (!part.toFile().setReadOnly()) {
            throw new IOException("cannot make " + part + " read-only");
        }
        Durable.rename(folder, part.getFileName().toString(), file.getFileName().toString());
    }

    static StorageException failure(Failure.Code code, String message, boolean retryable, @Nullable Exception cause) {
        return new StorageException(new Failure(code, message, retryable), cause);
    }
}
