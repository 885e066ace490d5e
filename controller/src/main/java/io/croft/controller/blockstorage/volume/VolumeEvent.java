package io.croft.controller.blockstorage.volume;

/** What can happen to a volume. */
enum VolumeEvent {
    /** Its host has it for its instance. */
    READY,
    /** An instance is to have it. */
    ATTACH_REQUESTED,
    /** The instance that had it has it no more, or is gone. */
    DETACHED,
    DELETE_REQUESTED
}
