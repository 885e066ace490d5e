package io.croft.controller.compute.launchspec;

import org.jspecify.annotations.Nullable;

/**
 * The placement group that a launch is to join.
 *
 * @param partition from 1, in a group with partitions; null for the one with the fewest instances
 */
public record GroupChoice(
        PlacementGroupReference group, @Nullable Integer partition) {}
