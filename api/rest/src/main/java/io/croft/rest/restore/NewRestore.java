package io.croft.rest.restore;

import java.util.Objects;

/**
 * A request to compare the database that runs now with its hosts.
 *
 * @param reason for the operator
 */
public record NewRestore(String reason) {
    /** Every field is required. */
    public NewRestore {
        Objects.requireNonNull(reason, "reason is missing");
    }
}
