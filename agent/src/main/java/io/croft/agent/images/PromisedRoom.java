package io.croft.agent.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The room of a file system that files being written are sure of. What a file has written the file system no longer counts as free, so only its rest counts here. */
final class PromisedRoom {
    private final Map<Path, Long> lengths = new HashMap<>();

    /** Ends when it is closed. */
    interface Promise extends AutoCloseable {
        @Override
        void close();
    }

    /** Promises a file, which may be there in part, the room to grow to {@code length} bytes. */
    synchronized Promise to(Path file, long length) {
        lengths.put(file, length);
        return () -> end(file);
    }

    private synchronized void end(Path file) {
        lengths.remove(file);
    }

    /** The promised bytes that are not written yet. */
    synchronized long unwritten() throws IOException {
        var bytes = 0L;
        for (var promise : lengths.entrySet()) {
            bytes += Math.max(0, promise.getValue() - written(promise.getKey()));
        }
        return bytes;
    }

    private static long written(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException notBegun) {
            return 0;
        }
    }
}
