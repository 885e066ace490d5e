package io.croft.controller.compute.image;

/** Where an image of an instance stands that is made of volumes at rest. */
enum MakingState {
    /** The guest is to power itself off. */
    HALTING,
    /** It has not in time: its host cuts the power. */
    CUTTING,
    /** The machine was off when its snapshots were begun; its host is to take them. */
    TAKING,
    /** The machine goes on; the row is gone. */
    ENDED
}
