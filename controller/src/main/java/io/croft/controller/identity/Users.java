package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import java.util.List;
import java.util.Optional;

/** The users of accounts. */
public interface Users {
    /**
     * Makes a user, who has neither keys nor tokens yet.
     *
     * @param name 1 to 64 letters, digits and {@code _+=,.@-}, unique in the account
     * @param role not {@code OPERATOR} outside the deployment's own account
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, InvalidParameterValue when it is malformed or the role does not fit,
     *     NotFound without such an account
     */
    User create(AccountId account, String name, Role role);

    /** The account's users, oldest first; empty when there is no such account. */
    List<User> list(AccountId account);

    /**
     * A page of the account's users, by name.
     *
     * @throws io.croft.controller.context.CloudException InvalidPaginationToken
     */
    Page<User> list(AccountId account, Query query);

    Optional<User> find(AccountId account, String name);

    /** The user whose key or token a request came with; empty when the user is gone since. */
    Optional<User> of(Caller caller);

    /** The name that AWS's services know the sender of a request by: the user's, or the account's when the user is gone since. */
    default String arn(Caller caller) {
        return of(caller).map(User::arn).orElseGet(() -> "arn:aws:iam::" + caller.account() + ":root");
    }

    /**
     * Changes what a user's keys and tokens may do, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user, InvalidParameterValue when the role does not fit
     */
    User setRole(AccountId account, String name, Role role);

    /**
     * Deletes a user with its keys and tokens, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user
     */
    void delete(AccountId account, String name);
}
