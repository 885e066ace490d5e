package io.croft.controller.blockstorage.volume;

import io.croft.types.AccountId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume as its owner sees it; never encrypted and attached at most once.
 *
 */
public record VolumeView(
        VolumeId id,
        AccountId owner,
        VolumeShape shape,
        VolumeState state,
        String zone,
        Instant created,
        @Nullable Attachment attachment,
        Map<String, String> tags) {
    /** The same with these tags. */
    public VolumeView tagged(Map<String, String> given) {
        return new VolumeView(id, owner, shape, state, zone, created, attachment, given);
    }

    /** Where a volume is plugged in. */
    public record Attachment(
            InstanceId instance, String device, AttachmentState state, Instant attached, boolean deleteOnTermination) {}
}
