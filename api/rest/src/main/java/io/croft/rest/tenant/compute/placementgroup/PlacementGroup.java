package io.croft.rest.tenant.compute.placementgroup;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A placement group.
 *
 * @param strategy {@code cluster}, {@code spread} or {@code partition}
 * @param partitionCount how many; null but for {@code partition}
 * @param spreadLevel {@code rack} or {@code host}; null but for {@code spread}
 */
public record PlacementGroup(
        String placementGroupId,
        String name,
        String strategy,
        @Nullable Integer partitionCount,
        @Nullable String spreadLevel,
        Map<String, String> tags) {}
