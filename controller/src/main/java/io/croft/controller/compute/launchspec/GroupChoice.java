package io.croft.controller.compute.launchspec;

import io.croft.types.PlacementGroupId;
import org.jspecify.annotations.Nullable;

/**
 * The placement group that a launch is to join.
 *
 * @param partition from 1, in a group with partitions; null for the one with the fewest instances
 */
public record GroupChoice(Reference group, @Nullable Integer partition) {
    /** How a request names a group. */
    public sealed interface Reference {}

    public record ById(PlacementGroupId id) implements Reference {}

    public record ByName(String name) implements Reference {}

    /** @throws io.croft.controller.context.CloudException when the id is malformed */
    public static GroupChoice ofId(String id, @Nullable Integer partition) {
        return new GroupChoice(new ById(new PlacementGroupId(id)), partition);
    }

    public static GroupChoice ofName(String name, @Nullable Integer partition) {
        return new GroupChoice(new ByName(name), partition);
    }

    /** That of the id, else of the name; null when neither is given. */
    public static @Nullable GroupChoice of(@Nullable String id, @Nullable String name, @Nullable Integer partition) {
        if (id != null) {
            return ofId(id, partition);
        }
        return name == null ? null : ofName(name, partition);
    }
}
