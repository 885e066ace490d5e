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

    Optional<Account> findByName(String name);

    /** All accounts but the deployment's own, oldest first. */
    List<Account> all();

    /**
     * Takes an account's keys and tokens into or out of use, at once. What the account has stays as it is and runs on.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account, InvalidParameterValue for the deployment's own, which is never disabled
     */
    Account setEnabled(AccountId id, boolean enabled);
}
