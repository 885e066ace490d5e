package io.croft.controller.image;

import io.croft.controller.context.Transitions;

/** Which event leads an image from which state to which. */
final class ImageTransitions {
    static final Transitions<ImageState, ImageEvent> TABLE = Transitions.<ImageState, ImageEvent>of(
                    "image", ImageState.AVAILABLE)
            .terminal(ImageState.DEREGISTERED)
            .on(ImageState.AVAILABLE, ImageEvent.DEREGISTER, ImageState.DEREGISTERED);

    private ImageTransitions() {}
}
