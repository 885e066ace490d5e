package io.croft.rest.tenant;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume.
 *
 * @param state EC2's name of its state
 */
public record Volume(
        String volumeId,
        int sizeGib,
        String type,
        String state,
        String zone,
        String created,
        @Nullable VolumeAttachment attachment,
        Map<String, String> tags) {
    /** Where a volume is plugged in. */
    public record VolumeAttachment(
            String instanceId, String device, String state, String attached, boolean deleteOnTermination) {}
}
