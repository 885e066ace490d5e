package io.croft.agent.link;

import io.croft.agent.upload.SnapshotSink;
import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotNaming;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.util.List;

/** Snapshots to the controller, over whatever connection the link has now. */
final class HttpSnapshotSink implements SnapshotSink {
    private final Link link;

    HttpSnapshotSink(Link link) {
        this.link = link;
    }

    @Override
    public SnapshotNaming naming(SnapshotId id) throws IOException {
        return ask(calls -> calls.naming(id));
    }

    @Override
    public List<Integer> lacking(SnapshotId id, SnapshotPage page) throws IOException {
        return ask(calls -> calls.lacking(id, page)).indexes();
    }

    @Override
    public void put(SnapshotId id, int index, byte[] block) throws IOException {
        ask(calls -> {
            calls.putBlock(id, index, block);
            return true;
        });
    }

    @Override
    public boolean complete(SnapshotId id, SnapshotContent content) throws IOException {
        return ask(calls -> calls.complete(id, content));
    }

    private interface Call<T> {
        T of(ControllerCalls calls);
    }

    private <T> T ask(Call<T> call) throws IOException {
        try {
            return call.of(link.calls());
        } catch (LinkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
