package io.croft.rest;

import java.util.Objects;

/** A request to take something into or out of use: an account, an access key. */
public record Switch(Boolean enabled) {
    /** Every field is required. */
    public Switch {
        Objects.requireNonNull(enabled, "enabled is missing");
    }
}
