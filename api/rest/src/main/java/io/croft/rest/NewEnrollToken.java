package io.croft.rest;

import java.util.Objects;

/**
 * A request for an enrolment token.
 *
 * @param validity how long it can be used, ISO-8601, at most a week
 */
public record NewEnrollToken(String validity) {
    /** Every field is required. */
    public NewEnrollToken {
        Objects.requireNonNull(validity, "validity is missing");
    }
}
