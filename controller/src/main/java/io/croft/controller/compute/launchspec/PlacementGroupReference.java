package io.croft.controller.compute.launchspec;

import io.croft.types.PlacementGroupId;

/** How a request names a placement group. */
public sealed interface PlacementGroupReference {
    record ById(PlacementGroupId id) implements PlacementGroupReference {}

    record ByName(String name) implements PlacementGroupReference {}
}
