package io.croft.rest;

import java.util.Objects;

/**
 * A request to let a storage pool take nothing new.
 *
 * @param reason for the operator, 1 to 255 characters
 */
public record NewDrain(String reason) {
    /** Every field is required. */
    public NewDrain {
        Objects.requireNonNull(reason, "reason is missing");
    }
}
