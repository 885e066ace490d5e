package io.croft.controller.identity;

/** What a use case does, as far as permission goes. */
public enum Access {
    /** Shows something of the caller's own account. */
    READ,
    /** Shows or changes the caller's own access keys. */
    OWN_CREDENTIALS,
    /** Changes something of the caller's own account. */
    WRITE,
    /** Reads the deployment's metrics, which takes a user of its own account: a reader will do for a scraper. */
    MONITOR,
    /** Shows or changes the deployment itself: hosts, accounts, keys. */
    OPERATE
}
