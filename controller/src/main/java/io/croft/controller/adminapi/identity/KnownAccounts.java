package io.croft.controller.adminapi.identity;

import io.croft.controller.context.CloudException;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Accounts;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import org.springframework.stereotype.Component;

/** The accounts that a path can name: an unknown one is an error, where a listing alone would say that it has nothing. */
@Component
class KnownAccounts {
    private final Accounts accounts;

    KnownAccounts(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * The account with that id.
     *
     * @throws CloudException NotFound
     */
    Account require(AccountId id) {
        return accounts.find(id)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no account " + id + "."));
    }
}
