package io.croft.controller.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A launch's parameters by AWS's names, as a client sent them: what a launch template keeps, and what a request adds to one. Immutable.
 *
 * @param members texts, numbers, booleans, and lists and maps of these
 */
public record LaunchParameters(NavigableMap<String, Object> members) {
    /** By which member the items of a list are told apart; of other lists the later one counts. */
    private static final Map<String, String> ITEM_KEYS = Map.of(
            "BlockDeviceMappings", "DeviceName",
            "NetworkInterfaces", "DeviceIndex",
            "TagSpecifications", "ResourceType",
            "Tags", "Key");

    /** Two names for one thing: whoever says one of them means to say all. */
    private static final List<String> GROUPS = List.of("SecurityGroupIds", "SecurityGroups");

    public LaunchParameters {
        members = copy(members);
    }

    /**
     * These parameters where they say something, else those of {@code base}. Structures are filled up member by member; so are items of lists that are about the
     * same device, resource type or tag.
     */
    public LaunchParameters over(LaunchParameters base) {
        var below = new TreeMap<>(base.members);
        if (GROUPS.stream().anyMatch(members::containsKey)) {
            GROUPS.forEach(below::remove);
        }
        return new LaunchParameters(merged(members, below));
    }

    /** The same without one of them. */
    LaunchParameters without(String name) {
        var left = new TreeMap<>(members);
        left.remove(name);
        return new LaunchParameters(left);
    }

    /** The same with these texts in the place of those, single or in a list, that have such a name, in whatever structure. */
    LaunchParameters withTexts(Map<String, String> texts) {
        return new LaunchParameters(withTexts(members, texts));
    }

    private static NavigableMap<String, Object> withTexts(Map<String, ?> structure, Map<String, String> texts) {
        var replaced = new TreeMap<String, Object>();
        structure.forEach((name, value) -> replaced.put(name, withTexts(value, texts.get(name), texts)));
        return replaced;
    }

    private static Object withTexts(Object value, @Nullable String text, Map<String, String> texts) {
        return switch (value) {
            case Map<?, ?> inner -> withTexts(structure(inner), texts);
            case List<?> list ->
                list.stream().map(item -> withTexts(item, text, texts)).toList();
            case String given -> text == null ? given : text;
            default -> value;
        };
    }

    /** A parameter that is a text; null without it. */
    @Nullable
    String text(String name) {
        return (String) members.get(name);
    }

    private static NavigableMap<String, Object> merged(Map<String, ?> upper, Map<String, ?> base) {
        var all = new TreeMap<String, Object>(base);
        upper.forEach((name, value) -> all.merge(name, value, (below, above) -> merged(name, above, below)));
        return all;
    }

    private static Object merged(String name, Object above, Object below) {
        if (above instanceof Map<?, ?> upper && below instanceof Map<?, ?> base) {
            return merged(structure(upper), structure(base));
        }
        var key = ITEM_KEYS.get(name);
        return key != null && above instanceof List<?> upper && below instanceof List<?> base
                ? merged(key, structures(upper), structures(base))
                : above;
    }

    private static List<Map<String, Object>> merged(
            String key, List<Map<String, Object>> upper, List<Map<String, Object>> base) {
        var kept = base.stream()
                .filter(b -> upper.stream().noneMatch(u -> Objects.equals(u.get(key), b.get(key))))
                .map(b -> b);
        var filledUp = upper.stream()
                .map(u -> base.stream()
                        .filter(b -> Objects.equals(u.get(key), b.get(key)))
                        .findFirst()
                        .map(b -> (Map<String, Object>) merged(u, b))
                        .orElse(u));
        return Stream.concat(kept, filledUp).toList();
    }

    private static List<Map<String, Object>> structures(List<?> list) {
        return list.stream().map(i -> structure((Map<?, ?>) i)).toList();
    }

    private static Map<String, Object> structure(Map<?, ?> map) {
        var typed = new TreeMap<String, Object>();
        map.forEach((name, value) -> typed.put((String) name, value));
        return typed;
    }

    private static NavigableMap<String, Object> copy(Map<String, Object> members) {
        var copy = new TreeMap<String, Object>();
        members.forEach((name, value) -> copy.put(name, copy(value)));
        return copy;
    }

    private static Object copy(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copy(structure(map));
            case List<?> list -> {
                var items = new ArrayList<>();
                list.forEach(i -> items.add(copy(i)));
                yield List.copyOf(items);
            }
            default -> value;
        };
    }
}
