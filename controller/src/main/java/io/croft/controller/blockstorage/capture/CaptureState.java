package io.croft.controller.blockstorage.capture;

/** Where a snapshot stands on its volume's host. */
enum CaptureState {
    /** The host is to take it. */
    TAKING,
    /** The host has it, and sends it. */
    SENDING,
    /** The host is to keep nothing of it. */
    DROPPING
}
