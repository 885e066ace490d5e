package io.croft.rest;

import java.util.Objects;

/**
 * A request for an account.
 *
 * @param name 1 to 64 letters, digits and {@code _.@-}; unique
 */
public record NewAccount(String name) {
    /** Every field is required. */
    public NewAccount {
        Objects.requireNonNull(name, "name is missing");
    }
}
