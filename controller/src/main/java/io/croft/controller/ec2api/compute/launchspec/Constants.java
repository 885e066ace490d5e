package io.croft.controller.ec2api.compute.launchspec;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of a structure that nothing reads: {@link io.croft.controller.awsedge.Action#accepts} takes the one value that asks for what happens anyway. They
 * are told by their names on the way to them, {@code Placement.Tenancy}; in a list they are the first item's.
 */
final class Constants {
    private Constants() {}

    /**
     * The texts, numbers and flags of a structure that it has beyond those that were read of it.
     *
     * @param read a structure of the same members
     */
    static SortedMap<String, String> of(Map<String, ?> structure, Map<String, ?> read) {
        var left = new TreeMap<String, String>();
        collect("", structure, read, left);
        return left;
    }

    private static void collect(String path, Map<?, ?> structure, Map<?, ?> read, Map<String, String> left) {
        structure.forEach((name, value) -> {
            if (first(value) instanceof Map<?, ?>) {
                collect(path + name + ".", members(value), members(read.get(name)), left);
            } else if (!read.containsKey(name)) {
                left.put(path + name, value.toString());
            }
        });
    }

    private static Map<?, ?> members(@Nullable Object value) {
        return first(value) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable Object first(@Nullable Object value) {
        return value instanceof List<?> list && !list.isEmpty() ? list.getFirst() : value;
    }

    /** Puts constants into the members of a structure that has the lists that they are in. */
    static void put(Map<String, Object> structure, Map<String, String> constants) {
        constants.forEach((path, value) -> put(structure, path, value));
    }

    @SuppressWarnings("unchecked") // members are maps by names
    private static void put(Map<String, Object> structure, String path, String value) {
        var dot = path.indexOf('.');
        if (dot < 0) {
            structure.put(path, value);
        } else {
            var inner = structure.computeIfAbsent(path.substring(0, dot), _ -> new TreeMap<String, Object>());
            put((Map<String, Object>) Objects.requireNonNull(first(inner)), path.substring(dot + 1), value);
        }
    }
}
