package io.croft.rest.tenant.image;

import java.util.List;
import java.util.Objects;

/**
 * Who may launch an image besides its owner.
 *
 * @param everyone whether every account may
 * @param accounts those that may by name, whether or not everyone does
 */
public record LaunchPermissions(Boolean everyone, List<String> accounts) {
    public LaunchPermissions {
        Objects.requireNonNull(everyone, "everyone is missing");
        accounts = List.copyOf(Objects.requireNonNull(accounts, "accounts is missing"));
    }
}
