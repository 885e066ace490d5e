package io.croft.rest;

import java.util.Objects;

/**
 * A request to set a limit.
 *
 * @param limit 0 or more
 */
public record NewLimit(Long limit) {
    /** Every field is required. */
    public NewLimit {
        Objects.requireNonNull(limit, "limit is missing");
    }
}
