package io.croft.controller.compute.image;

/** What can happen to an image of an instance that is made of volumes at rest. */
enum MakingEvent {
    /** The machine should be off by now. */
    OVERDUE,
    /** The snapshots were begun. */
    BEGUN,
    /** The host has taken them, or will not any more. */
    TAKEN,
    /** The image cannot be made, or nobody wants it any more. */
    GIVEN_UP
}
