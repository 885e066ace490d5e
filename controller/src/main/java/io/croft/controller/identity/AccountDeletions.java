package io.croft.controller.identity;

import io.croft.types.AccountId;
import java.util.List;

/** The end of accounts. */
public interface AccountDeletions {
    /** What an account has; of one that is being deleted, what is waited for. */
    List<AccountHolding> holdings(AccountId account);

    /**
     * Deletes an account: its users, keys, tokens and sessions at once, what it has as soon as its hosts can, whatever protects it. Other accounts lose nothing by it: what they run from its
     * images runs on.
     *
     * @param force whether also one that has anything
     * @throws io.croft.controller.context.CloudException NotFound without such an account, InvalidParameterValue for the deployment's own, DependencyViolation when it has something and {@code
     *     force} is not said, IncorrectState when it is being deleted
     */
    Account delete(AccountId account, boolean force);
}
