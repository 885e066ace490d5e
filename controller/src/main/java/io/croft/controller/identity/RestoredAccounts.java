package io.croft.controller.identity;

import io.croft.types.AccountId;

/** Accounts after a restore. */
public interface RestoredAccounts {
    /**
     * Makes sure that there is the account, in the caller's transaction: that of an instance which only a host knows is brought back with its number, its first user, no keys, and
     * no default network of its own. The deletion of one that was deleted goes on.
     *
     * @return whether it had to be made
     */
    boolean ensure(AccountId id);

    /** Whether its deletion was asked for, so that all ends that a host is found to have of it. */
    boolean ends(AccountId id);
}
