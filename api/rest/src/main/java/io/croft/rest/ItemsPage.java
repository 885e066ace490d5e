package io.croft.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param nextToken what asks for the next part; null when this is the last
 */
public record ItemsPage<T>(List<T> items, @Nullable String nextToken) {
    public ItemsPage {
        items = List.copyOf(items);
    }
}
