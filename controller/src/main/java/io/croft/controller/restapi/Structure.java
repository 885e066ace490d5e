package io.croft.controller.restapi;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A structure of launch parameters: members by AWS's names. What is not there reads as null or as empty. */
record Structure(NavigableMap<String, Object> members) {
    static Structure empty() {
        return new Structure(new TreeMap<>());
    }

    /** Adds a member; null and empty ones are none. */
    Structure with(String name, @Nullable Object value) {
        var content = value instanceof Structure structure ? structure.members() : value;
        var none = content == null
                || (content instanceof List<?> list && list.isEmpty())
                || (content instanceof Map<?, ?> map && map.isEmpty());
        if (!none) {
            members.put(name, content);
        }
        return this;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    @Nullable
    String text(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    @Nullable
    Integer number(String name) {
        return members.get(name) instanceof Number number ? number.intValue() : null;
    }

    @Nullable
    Boolean flag(String name) {
        return members.get(name) instanceof Boolean flag ? flag : null;
    }

    /** True for {@code yes}, false for any other text, null without one. */
    @Nullable
    Boolean choice(String name, String yes) {
        var text = text(name);
        return text == null ? null : text.equals(yes);
    }

    @Nullable
    List<String> texts(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : null;
    }

    Structure structure(String name) {
        return members.get(name) instanceof Map<?, ?> map ? of(map) : empty();
    }

    List<Structure> structures(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream().map(i -> of((Map<?, ?>) i)).toList()
                : List.of();
    }

    private static Structure of(Map<?, ?> map) {
        var typed = new TreeMap<String, Object>();
        map.forEach((name, value) -> typed.put((String) name, value));
        return new Structure(typed);
    }
}
