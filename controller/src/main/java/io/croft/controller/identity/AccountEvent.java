package io.croft.controller.identity;

/** What moves an account's state on. */
enum AccountEvent {
    DELETE_REQUESTED,
    /** Neither the records nor a host have anything of it any more. */
    EMPTIED,
    /** A host that the database did not know enough of has something of it after all. */
    REMAINS_FOUND
}
