package io.croft.controller.recovery;

enum ControllerEvent {
    /** The database was found or said to be older than the hosts. */
    WENT_BACK,
    /** What the hosts know has been merged into it. */
    MERGED
}
