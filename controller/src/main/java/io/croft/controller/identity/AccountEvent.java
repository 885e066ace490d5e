package io.croft.controller.identity;

/** What moves an account's state on. */
enum AccountEvent {
    DELETE_REQUESTED,
    /** Neither the records nor a host have anything of it any more. */
    EMPTIED
}
