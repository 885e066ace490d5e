package io.croft.agent.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The room of a file system that files being written are sure of. What a file has written the file system no longer counts as free, so only its rest counts here. */
public final class PromisedRoom {
    private final Set<Promised> promises = new HashSet<>();

    /** What is left to be written of a file. */
    public interface Unwritten {
        long bytes() throws IOException;
    }

    /** Two of the same rest are two. */
    private static final class Promised {
        private final Unwritten rest;

        Promised(Unwritten rest) {
            this.rest = rest;
        }
    }

    /** Ends when it is closed. */
    public interface Promise extends AutoCloseable {
        @Override
        void close();
    }

    /** What is left of a file, which may be there in part, that grows to {@code length} bytes. */
    public static Unwritten rest(Path file, long length) {
        return () -> Math.max(0, length - written(file));
    }

    /** Promises the room that is needed yet. */
    public synchronized Promise to(Unwritten rest) {
        var promised = new Promised(rest);
        promises.add(promised);
        return () -> end(promised);
    }

    private synchronized void end(Promised promised) {
        promises.remove(promised);
    }

    /** The promised bytes that are not written yet. */
    public synchronized long unwritten() throws IOException {
        var bytes = 0L;
        for (var promised : promises) {
            bytes += promised.rest.bytes();
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
