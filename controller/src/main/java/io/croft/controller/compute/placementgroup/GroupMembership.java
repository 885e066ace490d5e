package io.croft.controller.compute.placementgroup;

import io.croft.types.PlacementGroupId;
import org.jspecify.annotations.Nullable;

/**
 * The placement group that an instance was launched into.
 *
 * @param partition from 1; null in a group without partitions
 */
public record GroupMembership(
        PlacementGroupId id, String name, @Nullable Integer partition) {}
