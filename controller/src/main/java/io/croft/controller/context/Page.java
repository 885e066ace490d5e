package io.croft.controller.context;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param nextToken where the next page begins; null when this is the last
 */
public record Page<T>(List<T> items, @Nullable String nextToken) {
    public Page {
        items = List.copyOf(items);
    }

    /** The page of what its items stand for; those that are not {@code found} went meanwhile. */
    public <R> Page<R> found(Map<? super T, R> found) {
        return new Page<>(
                items.stream().map(found::get).filter(Objects::nonNull).toList(), nextToken);
    }

    /** The page with its items in another form. */
    public <R> Page<R> map(Function<? super T, ? extends R> form) {
        return new Page<>(items.stream().<R>map(form).toList(), nextToken);
    }
}
