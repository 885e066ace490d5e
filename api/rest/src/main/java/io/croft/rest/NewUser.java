package io.croft.rest;

import java.util.Objects;

/**
 * A request for a user.
 *
 * @param name 1 to 64 letters, digits and {@code _+=,.@-}, unique in the account
 * @param role {@code reader} or {@code admin}; {@code operator} in the deployment's own account only
 */
public record NewUser(String name, String role) {
    /** Every field is required. */
    public NewUser {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(role, "role is missing");
    }
}
