package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import java.util.Optional;

/** The bearer tokens of the REST edges; only their SHA-256 is kept. */
public interface Tokens {
    /** Who holds a token; empty for one that is unknown or revoked. */
    Optional<Caller> authenticate(String token, String requestId, String sourceAddress);

    /**
     * Draws a token; the one moment to hand it out.
     *
     * @param name what it is for, unique in the account
     * @param role what its holder may do; not {@code OPERATOR} outside the deployment's own account
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, NotFound without such an account
     */
    String issue(AccountId account, String name, Role role);

    /**
     * Ends a token, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no token of that name
     */
    void revoke(AccountId account, String name);
}
