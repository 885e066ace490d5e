package io.croft.rest;

import java.util.List;

/** A listing. */
public record Items<T>(List<T> items) {
    public Items {
        items = List.copyOf(items);
    }
}
