package io.croft.controller.fleet;

/** Whether a host is heard of. */
public enum HostState {
    /** It has its certificate and has not reported yet. */
    ENROLLED,
    /** It reports; the only state in which it takes new claims, unless it is cordoned. */
    READY,
    /** One full report is overdue. */
    SUSPECT,
    /** It has been silent for so long that it counts as away; what it holds stays held. */
    UNREACHABLE,
    /** It was away and is proved dead: what ended on it is free. What is wanted of it beyond that stays wanted there. */
    DEAD,
    /** It is back since it was proved dead, and ends first what has been given away; it takes no new claims before that. */
    RETURNING
}
