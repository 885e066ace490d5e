package io.croft.controller.identity;

import static io.croft.controller.identity.AccountEvent.DELETE_REQUESTED;
import static io.croft.controller.identity.AccountEvent.EMPTIED;
import static io.croft.controller.identity.AccountEvent.REMAINS_FOUND;
import static io.croft.controller.identity.AccountState.ACTIVE;
import static io.croft.controller.identity.AccountState.DELETED;
import static io.croft.controller.identity.AccountState.DELETING;

import io.croft.controller.context.Transitions;

/** The states of an account. There is no way back to ACTIVE: its keys are gone with the request. What a host proves to be left of a deleted one ends like the rest. */
final class AccountTransitions {
    /** The one table. */
    static final Transitions<AccountState, AccountEvent> TABLE = Transitions.<AccountState, AccountEvent>of(
                    "account", ACTIVE)
            .on(ACTIVE, DELETE_REQUESTED, DELETING)
            .on(DELETING, EMPTIED, DELETED)
            .on(DELETED, REMAINS_FOUND, DELETING);

    private AccountTransitions() {}
}
