package io.croft.controller.blockstorage;

/** What can happen to a volume. */
enum VolumeEvent {
    /** Its host has it, and it belongs to an instance. */
    READY_ATTACHED,
    /** Its host has it, for nobody yet. */
    READY_FREE,
    /** Its host cannot make it. */
    FAILED,
    /** The instance that had it is gone. */
    DETACHED,
    DELETE_REQUESTED
}
