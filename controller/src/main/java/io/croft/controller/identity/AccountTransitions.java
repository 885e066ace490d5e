package io.croft.controller.identity;

import static io.croft.controller.identity.AccountEvent.DELETE_REQUESTED;
import static io.croft.controller.identity.AccountEvent.EMPTIED;
import static io.croft.controller.identity.AccountState.ACTIVE;
import static io.croft.controller.identity.AccountState.DELETED;
import static io.croft.controller.identity.AccountState.DELETING;

import io.croft.controller.context.Transitions;

/** The states of an account. There is no way back: its keys are gone with the request. */
final class AccountTransitions {
    /** The one table. */
    static final Transitions<AccountState, AccountEvent> TABLE = Transitions.<AccountState, AccountEvent>of(
                    "account", ACTIVE)
            .terminal(DELETED)
            .on(ACTIVE, DELETE_REQUESTED, DELETING)
            .on(DELETING, EMPTIED, DELETED);

    private AccountTransitions() {}
}
