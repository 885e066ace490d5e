package io.croft.controller.image;

import static io.croft.controller.image.ImageEvent.COMPLETED;
import static io.croft.controller.image.ImageEvent.DEREGISTER;
import static io.croft.controller.image.ImageState.AVAILABLE;
import static io.croft.controller.image.ImageState.DEREGISTERED;
import static io.croft.controller.image.ImageState.FAILED;
import static io.croft.controller.image.ImageState.PENDING;

import io.croft.controller.context.Transitions;

/** Which event leads an image from which state to which. One of what is there already begins AVAILABLE. */
final class ImageTransitions {
    static final Transitions<ImageState, ImageEvent> TABLE = Transitions.<ImageState, ImageEvent>of(
                    "image", PENDING, AVAILABLE)
            .terminal(DEREGISTERED)
            .on(PENDING, COMPLETED, AVAILABLE)
            .on(PENDING, ImageEvent.FAILED, FAILED)
            .on(PENDING, DEREGISTER, DEREGISTERED)
            .on(AVAILABLE, DEREGISTER, DEREGISTERED)
            .on(FAILED, DEREGISTER, DEREGISTERED);

    private ImageTransitions() {}
}
