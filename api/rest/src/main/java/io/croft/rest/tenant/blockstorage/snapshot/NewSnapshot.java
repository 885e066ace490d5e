package io.croft.rest.tenant.blockstorage.snapshot;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request for a snapshot of a volume. */
public record NewSnapshot(
        String volumeId,
        @Nullable String description,
        @Nullable Map<String, String> tags) {
    public NewSnapshot {
        Objects.requireNonNull(volumeId, "volumeId is missing");
    }
}
