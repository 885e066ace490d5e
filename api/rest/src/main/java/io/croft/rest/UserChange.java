package io.croft.rest;

import java.util.Objects;

/**
 * What can be changed of a user.
 *
 * @param role {@code reader} or {@code admin}; {@code operator} in the deployment's own account only
 */
public record UserChange(String role) {
    /** Every field is required. */
    public UserChange {
        Objects.requireNonNull(role, "role is missing");
    }
}
