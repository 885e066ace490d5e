package io.croft.controller.compute;

import org.jspecify.annotations.Nullable;

/**
 * What a launch says of the root volume.
 *
 * @param deviceName must be the image's root device name; null when the launch names none
 * @param sizeGib in GiB, at least the image's; null for the image's own
 * @param volumeType EC2's volume type; null for the image's
 * @param deleteOnTermination null for true
 */
public record RootDiskRequest(
        @Nullable String deviceName,
        @Nullable Integer sizeGib,
        @Nullable String volumeType,
        @Nullable Boolean deleteOnTermination) {
    /** Everything as the image has it. */
    public static final RootDiskRequest DEFAULT = new RootDiskRequest(null, null, null, null);
}
