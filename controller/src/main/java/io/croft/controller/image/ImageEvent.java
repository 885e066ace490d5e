package io.croft.controller.image;

/** What can happen to an image. */
enum ImageEvent {
    /** All of its snapshots are completed. */
    COMPLETED,
    /** One of them cannot be. */
    FAILED,
    DEREGISTER
}
