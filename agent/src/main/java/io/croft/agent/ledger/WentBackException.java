package io.croft.agent.ledger;

/** The controller speaks of less than it told this host before, or otherwise of it: its database is an older copy. What it says is refused, and the host runs on as it was told. */
public final class WentBackException extends RuntimeException {
    WentBackException(long known, long told) {
        super("the controller went back" + (told < known ? " from revision " + known + " to " + told : "")
                + ": its database is an older copy");
    }
}
