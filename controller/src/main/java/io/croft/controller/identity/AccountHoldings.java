package io.croft.controller.identity;

import io.croft.types.AccountId;
import java.util.List;

/**
 * What a module has of accounts. All that an account starts with is no part of it: that goes with {@link AccountDeleted}.
 *
 * <p>Whatever the order in which modules are asked: each takes only what nothing uses any more, and is asked again until there is nothing.
 */
public interface AccountHoldings {
    /** What the account has, and what hosts have not proved gone yet. */
    List<AccountHolding> holdings(AccountId account);

    /**
     * Ends what nothing uses, some of it at a time, in transactions of its own; for an account that is being deleted. Again, it goes on where it was cut off.
     */
    void endHoldings(AccountId account);
}
