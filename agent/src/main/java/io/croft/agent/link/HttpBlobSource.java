package io.croft.agent.link;

import io.croft.agent.images.BlobSource;
import io.croft.types.Digest;
import java.io.IOException;
import java.util.Optional;

/** Blobs from the controller, over whatever connection the link has now. */
final class HttpBlobSource implements BlobSource {
    private final Link link;

    HttpBlobSource(Link link) {
        this.link = link;
    }

    @Override
    public Optional<Rest> open(Digest digest, long offset) throws IOException {
        try {
            return link.calls().blob(digest, offset);
        } catch (LinkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
