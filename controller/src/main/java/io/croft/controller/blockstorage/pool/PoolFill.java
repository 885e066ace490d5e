package io.croft.controller.blockstorage.pool;

import io.croft.protocol.HostFacts.StoragePool;
import java.util.Locale;
import java.util.Optional;

/**
 * How full a pool is that says so: by the fuller of its data and its metadata, for without either nothing can be written.
 *
 * @param what {@code data} or {@code metadata}
 */
record PoolFill(String what, double percent) {
    static Optional<PoolFill> of(StoragePool pool) {
        var data = pool.dataPercent();
        var metadata = pool.metadataPercent();
        if (data == null || metadata == null) {
            return Optional.empty();
        }
        return Optional.of(data >= metadata ? new PoolFill("data", data) : new PoolFill("metadata", metadata));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f %% of its %s", percent, what);
    }
}
