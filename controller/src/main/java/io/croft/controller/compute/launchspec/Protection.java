package io.croft.controller.compute.launchspec;

/**
 * What an instance is kept from when its owner asks for it; its guest may still power itself off.
 *
 * @param termination whether it may not be ended
 * @param stop whether it may be neither stopped nor ended
 */
public record Protection(boolean termination, boolean stop) {
    /** What a launch that says nothing gets. */
    public static final Protection NONE = new Protection(false, false);
}
