package io.croft.controller.blockstorage.volume;

/** Where a volume stands on its way to another host. */
public enum VolumeMoveState {
    /** It is where it was, and a snapshot of it comes into the store. */
    COPYING,
    /** The other host makes it of that snapshot; what the first has stays. */
    FILLING,
    /** The other host has it, and the first is to remove what it has. */
    MOVED,
    /** It is where it was, and the other host is to remove what it has of it. */
    KEPT
}
