package io.croft.controller.image;

/** What can happen to an image. */
enum ImageEvent {
    DEREGISTER
}
