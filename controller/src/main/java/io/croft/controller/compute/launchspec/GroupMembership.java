package io.croft.controller.compute.launchspec;

import io.croft.types.PlacementGroupId;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link GroupChoice}: the placement group that an instance is in.
 *
 * @param partition from 1; null in a group without partitions
 */
public record GroupMembership(
        PlacementGroupId id, String name, @Nullable Integer partition) {}
