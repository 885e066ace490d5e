package io.croft.controller.compute.launchspec;

/**
 * How many instances a launch is to make.
 *
 * @param min fewer than this is a failure, 1 or more
 * @param max at most this many
 */
public record InstanceCount(int min, int max) {
    /** A single one. */
    public static final InstanceCount ONE = new InstanceCount(1, 1);
}
