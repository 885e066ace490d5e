package io.croft.controller.restapi.kit;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of a request's fields. */
public final class Values {
    private Values() {}

    /**
     * The items, none when the field is absent.
     *
     * @throws CloudException InvalidParameterValue for a null among them
     */
    public static List<String> list(@Nullable List<String> items) {
        if (items == null) {
            return List.of();
        }
        items.forEach(i -> requireValue(i));
        return items;
    }

    /** The entries, none when the field is absent. */
    public static Map<String, String> map(@Nullable Map<String, String> entries) {
        if (entries == null) {
            return Map.of();
        }
        entries.values().forEach(v -> requireValue(v));
        return entries;
    }

    /** @throws CloudException InvalidParameterValue for null, which JSON lets a list or a map have */
    public static void requireValue(@Nullable Object value) {
        if (value == null) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "A list or a map has null as a value.");
        }
    }

    /**
     * The constant that a text names.
     *
     * @param field for the error's sentence
     * @throws CloudException InvalidParameterValue when it names none
     */
    public static <E> E named(String field, E[] constants, Function<E, String> name, String text) {
        return Arrays.stream(constants)
                .filter(c -> Objects.equals(name.apply(c), text))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "The field '" + field + "' must be one of "
                                + Arrays.stream(constants).map(name).collect(Collectors.joining(", ")) + ": '" + text
                                + "'"));
    }
}
