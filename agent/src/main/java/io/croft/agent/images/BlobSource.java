package io.croft.agent.images;

import io.croft.types.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where blobs come from: the controller, or a folder in tests. */
public interface BlobSource {
    /** The blob's bytes from {@code offset} on; empty when the source says that it has no such blob. The caller closes it. */
    Optional<InputStream> open(Digest digest, long offset) throws IOException;
}
