package io.croft.controller.fleet;

/** What can happen to a host's state. */
enum HostEvent {
    REPORTED,
    FELL_SILENT,
    SILENT_TOO_LONG
}
