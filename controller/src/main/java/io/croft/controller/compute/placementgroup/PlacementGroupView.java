package io.croft.controller.compute.placementgroup;

import io.croft.types.AccountId;
import io.croft.types.PlacementGroupId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A placement group.
 *
 * @param partitions how many; null but for {@code PARTITION}
 * @param spreadLevel null but for {@code SPREAD}
 */
public record PlacementGroupView(
        PlacementGroupId id,
        AccountId owner,
        String name,
        PlacementStrategy strategy,
        @Nullable Integer partitions,
        @Nullable SpreadLevel spreadLevel,
        Map<String, String> tags) {}
