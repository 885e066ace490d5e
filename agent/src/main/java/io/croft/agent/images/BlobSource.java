package io.croft.agent.images;

import io.croft.types.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where blobs come from: the controller, or a folder in tests. */
public interface BlobSource {
    /**
     * What is left of a blob.
     *
     * @param bytes the caller closes it
     * @param length how many bytes it has
     */
    record Rest(InputStream bytes, long length) {}

    /** The blob from {@code offset} on, nothing at its end; empty when the source says that it has no such blob. */
    Optional<Rest> open(Digest digest, long offset) throws IOException;
}
