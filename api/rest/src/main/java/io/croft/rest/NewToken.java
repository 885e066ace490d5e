package io.croft.rest;

import java.util.Objects;

/**
 * A request for a token.
 *
 * @param user the name of the user who is to hold it
 * @param name what it is for: 1 to 64 letters, digits and {@code _.@-}, unique in the account
 */
public record NewToken(String user, String name) {
    /** Every field is required. */
    public NewToken {
        Objects.requireNonNull(user, "user is missing");
        Objects.requireNonNull(name, "name is missing");
    }
}
