package io.croft.rest.tenant.compute.placementgroup;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for a placement group.
 *
 * @param name 1 to 255 ASCII characters, unique in the account
 * @param strategy {@code cluster} (by default), {@code spread} or {@code partition}
 * @param partitionCount 1 to 7, for {@code partition} only; 2 by default
 * @param spreadLevel {@code rack} (by default) or {@code host}, for {@code spread} only
 */
public record NewPlacementGroup(
        String name,
        @Nullable String strategy,
        @Nullable Integer partitionCount,
        @Nullable String spreadLevel,
        @Nullable Map<String, String> tags) {
    public NewPlacementGroup {
        Objects.requireNonNull(name, "name is missing");
    }
}
