package io.croft.protocol;

import io.croft.types.VolumeId;

/**
 * A volume plugged into an instance.
 *
 * @param deviceName EC2's name for the place, such as {@code /dev/vda}
 */
public record DiskSpec(VolumeId volume, String deviceName) {}
