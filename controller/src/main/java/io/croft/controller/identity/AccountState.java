package io.croft.controller.identity;

/** Whether there is an account. */
public enum AccountState {
    ACTIVE,
    /** It takes no calls and nothing more, and all that it has ends; for as long as a host has anything of it. */
    DELETING,
    /** Nothing of it is left but its number, which no other account gets, and what was recorded of it. When a host proves otherwise, it is DELETING again. */
    DELETED
}
