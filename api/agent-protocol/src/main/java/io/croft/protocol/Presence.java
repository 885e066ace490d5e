package io.croft.protocol;

/** Whether a resource is to be on the host at all. */
public enum Presence {
    PRESENT,
    ABSENT
}
