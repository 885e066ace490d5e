package io.croft.controller.identity;

import io.croft.types.AccountId;
import java.util.List;
import java.util.Optional;

/** The accounts of the deployment. */
public interface Accounts {
    /**
     * Makes an account and, through {@link AccountCreated}, what every account starts with.
     *
     * @param name 1 to 64 letters, digits and {@code _.@-}; unique
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, InvalidParameterValue when it is malformed
     */
    Account create(String name);

    Optional<Account> find(AccountId id);

    /** The account of that name, unless it is deleted. */
    Optional<Account> findByName(String name);

    /** All accounts but the deployment's own, oldest first; the deleted ones too, of which there are records. */
    List<Account> all();

    /**
     * Does nothing when the account may be given something, and keeps it so until the caller's transaction ends, if there is one. Whatever makes something of an account's begins with it; so nothing comes to an
     * account that is being deleted, by requests that were let in before either.
     *
     * @throws io.croft.controller.context.CloudException IncorrectState when it is being deleted or was, NotFound without such an account
     */
    void requireActive(AccountId id);

    /**
     * Takes an account's keys and tokens into or out of use, at once. What the account has stays as it is and runs on.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account, IncorrectState when it is being deleted or was, InvalidParameterValue for the deployment's own, which is
     *     never disabled
     */
    Account setEnabled(AccountId id, boolean enabled);
}
