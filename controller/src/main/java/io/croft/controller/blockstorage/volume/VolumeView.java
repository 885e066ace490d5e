package io.croft.controller.blockstorage.volume;

import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume as its owner sees it; never encrypted and attached at most once.
 *
 * @param snapshot whose bytes it started with, which may be gone since; null for none
 * @param host that keeps it, for the operator; null while it has no bytes
 * @param autoEnableIo what its owner said of it; nothing here stops a volume's I/O for doubt
 * @param moving whether it is on its way to another host: no machine has it
 */
public record VolumeView(
        VolumeId id,
        AccountId owner,
        VolumeShape shape,
        VolumeState state,
        String zone,
        Instant created,
        @Nullable SnapshotId snapshot,
        @Nullable Attachment attachment,
        @Nullable HostId host,
        boolean autoEnableIo,
        boolean moving,
        Map<String, String> tags) {
    /** The same with these tags. */
    public VolumeView tagged(Map<String, String> given) {
        return new VolumeView(
                id, owner, shape, state, zone, created, snapshot, attachment, host, autoEnableIo, moving, given);
    }

    /**
     * Where a volume is plugged in.
     *
     * @param boot whether the instance boots from it
     */
    public record Attachment(
            InstanceId instance,
            String device,
            boolean boot,
            AttachmentState state,
            Instant attached,
            boolean deleteOnTermination) {
        /** The same in another state. */
        public Attachment as(AttachmentState now) {
            return new Attachment(instance, device, boot, now, attached, deleteOnTermination);
        }
    }
}
