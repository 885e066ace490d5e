package io.croft.controller.blockstorage.snapshot;

/** What can happen to a snapshot. */
enum SnapshotEvent {
    /** Its writer says that all blocks have come. */
    COMPLETE_REQUESTED,
    /** The store has it for good. */
    SEALED,
    /** It cannot be made of what came. */
    FAILED,
    /** Its writer was silent for too long. */
    TIMED_OUT,
    DELETE_REQUESTED,
    /** It is deleted, and can be had back for a while. */
    RECYCLE_REQUESTED,
    /** It is had back. */
    RESTORE_REQUESTED,
    /** The while is over. */
    RETENTION_ENDED
}
