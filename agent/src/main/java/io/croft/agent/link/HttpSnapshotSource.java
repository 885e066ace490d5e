package io.croft.agent.link;

import io.croft.agent.images.SnapshotSource;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Snapshots from the controller, over whatever connection the link has now. */
final class HttpSnapshotSource implements SnapshotSource {
    private final Link link;

    HttpSnapshotSource(Link link) {
        this.link = link;
    }

    @Override
    public Optional<SnapshotOrigin> origin(SnapshotId id) throws IOException {
        return ask(calls -> calls.origin(id));
    }

    @Override
    public Optional<SnapshotPage> page(SnapshotId id, int from) throws IOException {
        var bytes = ask(calls -> calls.page(id, from));
        try {
            return bytes.map(SnapshotPage::of);
        } catch (IllegalArgumentException e) {
            throw new IOException("what was told of " + id + " is no page", e);
        }
    }

    @Override
    public Optional<byte[]> block(SnapshotId id, int index) throws IOException {
        return ask(calls -> calls.block(id, index));
    }

    private <T> T ask(Function<ControllerCalls, T> call) throws IOException {
        try {
            return call.apply(link.calls());
        } catch (LinkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
