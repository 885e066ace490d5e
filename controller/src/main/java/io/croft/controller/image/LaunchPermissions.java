package io.croft.controller.image;

import io.croft.types.AccountId;
import java.util.Set;

/**
 * Who may launch an image besides its owner.
 *
 * @param everyone whether every account may
 * @param accounts those that may by name, whether or not everyone does
 */
public record LaunchPermissions(boolean everyone, Set<AccountId> accounts) {
    public static final LaunchPermissions NONE = new LaunchPermissions(false, Set.of());

    public LaunchPermissions {
        accounts = Set.copyOf(accounts);
    }
}
