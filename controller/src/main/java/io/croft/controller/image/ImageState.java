package io.croft.controller.image;

/** An image's state; EC2's names in lower case. */
public enum ImageState {
    /** What it is made of is not there yet. */
    PENDING,
    /** It can be launched. */
    AVAILABLE,
    /** What it was to be made of could not be had; its reason says why. */
    FAILED,
    /** It cannot be launched any more and is shown to nobody. */
    DEREGISTERED
}
