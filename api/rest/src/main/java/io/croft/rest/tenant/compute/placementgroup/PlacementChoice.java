package io.croft.rest.tenant.compute.placementgroup;

import org.jspecify.annotations.Nullable;

/**
 * The placement group that instances are to join; exactly one of its id and its name says which.
 *
 * @param partition from 1, in a group with partitions; that with the fewest instances by default
 */
public record PlacementChoice(
        @Nullable String placementGroupId,
        @Nullable String name,
        @Nullable Integer partition) {
    public PlacementChoice {
        if ((placementGroupId == null) == (name == null)) {
            throw new IllegalArgumentException("exactly one of placementGroupId and name must be given");
        }
    }
}
