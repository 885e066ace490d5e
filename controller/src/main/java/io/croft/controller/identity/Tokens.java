package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.types.AccountId;
import java.util.List;
import java.util.Optional;

/** The bearer tokens of the REST edges; only their SHA-256 is kept. */
public interface Tokens {
    /** Who holds a token; empty for one that is unknown, revoked or of a disabled account. */
    Optional<Caller> authenticate(String token, String requestId, String sourceAddress);

    /**
     * Draws a token for a user; the one moment to hand it out.
     *
     * @param user the user's name; the token may do what its user may
     * @param name what it is for: 1 to 64 letters, digits and {@code _.@-}, unique in the account
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, InvalidParameterValue when it is malformed, NotFound when the account
     *     has no such user
     */
    String issue(AccountId account, String user, String name);

    /** The account's tokens, by name. */
    List<TokenSummary> list(AccountId account);

    /**
     * Ends a token, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no token of that name
     */
    void revoke(AccountId account, String name);
}
