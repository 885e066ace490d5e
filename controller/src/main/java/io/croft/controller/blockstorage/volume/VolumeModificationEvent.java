package io.croft.controller.blockstorage.volume;

/** What can happen to a volume's modification. */
enum VolumeModificationEvent {
    /** The volume's host has it so, or it has no host. */
    CARRIED_OUT,
    /** The volume's host cannot have it so and has given up trying. */
    REFUSED
}
