package io.croft.controller.blockstorage.volume;

/** What can happen to a volume. */
enum VolumeEvent {
    /** Its host has it for its instance. */
    READY,
    /** The instance that had it is gone. */
    DETACHED,
    DELETE_REQUESTED
}
