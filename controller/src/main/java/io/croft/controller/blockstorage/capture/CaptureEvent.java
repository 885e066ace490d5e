package io.croft.controller.blockstorage.capture;

/** What can happen to a snapshot on its volume's host. */
enum CaptureEvent {
    /** The host says that it has it. */
    TAKEN,
    /** Nobody waits for it any more: it is sealed, in error or being deleted. */
    ENDED
}
