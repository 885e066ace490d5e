package io.croft.rest.tenant.blockstorage.volume;

import java.util.Objects;

/**
 * A request to attach a volume.
 *
 * @param instanceId the instance, which runs or is stopped
 * @param device the place in it, such as {@code /dev/sdf}
 */
public record NewVolumeAttachment(String instanceId, String device) {
    public NewVolumeAttachment {
        Objects.requireNonNull(instanceId, "instanceId is missing");
        Objects.requireNonNull(device, "device is missing");
    }
}
