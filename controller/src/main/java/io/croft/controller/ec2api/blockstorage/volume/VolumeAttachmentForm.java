package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.types.VolumeId;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** Writes where a volume is plugged in. */
public final class VolumeAttachmentForm {
    private VolumeAttachmentForm() {}

    public static VolumeAttachment of(VolumeId volume, VolumeView.Attachment attachment) {
        return VolumeAttachment.builder()
                .volumeId(volume.value())
                .instanceId(attachment.instance().value())
                .device(attachment.device())
                .state(attachment.state().ec2Name())
                .attachTime(attachment.attached())
                .deleteOnTermination(attachment.deleteOnTermination())
                .build();
    }
}
