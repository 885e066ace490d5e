package io.croft.agent.images.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.images.SnapshotSource;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Another source with the faults of {@code origin}, {@code page} and {@code block}. */
public final class FaultySnapshotSource implements SnapshotSource {
    private final SnapshotSource source;
    private final Faults faults;

    public FaultySnapshotSource(SnapshotSource source, Faults faults) {
        this.source = source;
        this.faults = faults;
    }

    private interface Call<T> {
        T get() throws IOException;
    }

    @Override
    public Optional<SnapshotOrigin> origin(SnapshotId id) throws IOException {
        return around("origin", () -> source.origin(id));
    }

    @Override
    public Optional<SnapshotPage> page(SnapshotId id, int from) throws IOException {
        return around("page", () -> source.page(id, from));
    }

    @Override
    public Optional<byte[]> block(SnapshotId id, int index) throws IOException {
        return around("block", () -> source.block(id, index));
    }

    private <T> T around(String verb, Call<T> call) throws IOException {
        try {
            return faults.around(verb, () -> {
                try {
                    return call.get();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
