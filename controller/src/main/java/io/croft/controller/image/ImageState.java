package io.croft.controller.image;

/** An image's state; EC2's names in lower case. */
public enum ImageState {
    /** It can be launched. */
    AVAILABLE,
    /** It cannot be launched any more and is shown to nobody. */
    DEREGISTERED
}
