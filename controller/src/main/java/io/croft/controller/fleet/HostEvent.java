package io.croft.controller.fleet;

/** What can happen to a host's state. */
enum HostEvent {
    /** It reports, and has passed its fence. */
    REPORTED,
    FELL_SILENT,
    SILENT_TOO_LONG,
    /** Somebody who knows has confirmed that nothing runs there. */
    PROVED_DEAD,
    /** It speaks again, and has not passed its fence. */
    RETURNED
}
