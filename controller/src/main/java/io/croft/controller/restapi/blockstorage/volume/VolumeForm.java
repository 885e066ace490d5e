package io.croft.controller.restapi.blockstorage.volume;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.rest.tenant.blockstorage.volume.Volume;
import io.croft.rest.tenant.blockstorage.volume.Volume.VolumeAttachment;
import java.util.Optional;
import java.util.TreeMap;

/** Writes volumes. */
public final class VolumeForm {
    private VolumeForm() {}

    public static Volume of(VolumeView volume) {
        var shape = volume.shape();
        return new Volume(
                volume.id().value(),
                shape.sizeGib(),
                shape.type().ec2Name(),
                shape.provisionedIops(),
                shape.provisionedThroughput(),
                volume.state().ec2Name(),
                volume.zone(),
                volume.created().toString(),
                volume.snapshot() == null ? null : volume.snapshot().value(),
                Optional.ofNullable(volume.attachment())
                        .map(VolumeForm::attachment)
                        .orElse(null),
                new TreeMap<>(volume.tags()));
    }

    private static VolumeAttachment attachment(VolumeView.Attachment attachment) {
        return new VolumeAttachment(
                attachment.instance().value(),
                attachment.device(),
                attachment.state().ec2Name(),
                attachment.attached().toString(),
                attachment.deleteOnTermination());
    }
}
