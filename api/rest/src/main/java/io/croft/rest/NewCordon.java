package io.croft.rest;

import java.util.Objects;

/**
 * A request to let a host take no new instances.
 *
 * @param reason for the operator, 1 to 255 characters
 */
public record NewCordon(String reason) {
    /** Every field is required. */
    public NewCordon {
        Objects.requireNonNull(reason, "reason is missing");
    }
}
