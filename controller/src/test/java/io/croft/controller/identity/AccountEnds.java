package io.croft.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other modules end accounts without waiting for the next round. */
@TestComponent
public class AccountEnds {
    private final AccountClearance clearance;

    AccountEnds(AccountClearance clearance) {
        this.clearance = clearance;
    }

    /** Goes once over all accounts that are being deleted; nothing of them may fail. */
    public void pass() {
        assertThat(clearance.pass().errors()).isZero();
    }

    /** Fails when a transition was never made. */
    public static void assertEveryTransitionMade() {
        assertThat(AccountTransitions.TABLE.unvisited()).isEmpty();
    }
}
