package io.croft.controller.ec2api.blockstorage.attachment;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.blockstorage.volume.VolumeAttachmentForm;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.AttachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.AttachVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DetachVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DetachVolumeResponse;

/** The actions that attach volumes and detach them. */
@ActionGroup(service = Ec2Service.NAME)
class VolumeAttachmentActions {
    private final VolumeAttachments attachments;

    VolumeAttachmentActions(VolumeAttachments attachments) {
        this.attachments = attachments;
    }

    @Action(supports = {"VolumeId", "InstanceId", "Device"})
    AttachVolumeResponse attachVolume(Caller caller, AttachVolumeRequest request) {
        var id = new VolumeId(Given.value(request.volumeId(), "VolumeId"));
        var attached = attachments.attach(
                caller,
                id,
                new InstanceId(Given.value(request.instanceId(), "InstanceId")),
                DeviceName.of(Given.value(request.device(), "Device")));
        var form = VolumeAttachmentForm.of(id, Objects.requireNonNull(attached.attachment()));
        return AttachVolumeResponse.builder()
                .volumeId(form.volumeId())
                .instanceId(form.instanceId())
                .device(form.device())
                .state(form.state())
                .attachTime(form.attachTime())
                .deleteOnTermination(form.deleteOnTermination())
                .build();
    }

    @Action(supports = {"VolumeId", "InstanceId", "Device", "Force"})
    DetachVolumeResponse detachVolume(Caller caller, DetachVolumeRequest request) {
        var id = new VolumeId(Given.value(request.volumeId(), "VolumeId"));
        var detached = attachments.detach(
                caller,
                id,
                request.instanceId() == null ? null : new InstanceId(request.instanceId()),
                request.device() == null ? null : DeviceName.of(request.device()),
                Boolean.TRUE.equals(request.force()));
        var form = VolumeAttachmentForm.of(id, detached);
        return DetachVolumeResponse.builder()
                .volumeId(form.volumeId())
                .instanceId(form.instanceId())
                .device(form.device())
                .state(form.state())
                .attachTime(form.attachTime())
                .deleteOnTermination(form.deleteOnTermination())
                .build();
    }
}
