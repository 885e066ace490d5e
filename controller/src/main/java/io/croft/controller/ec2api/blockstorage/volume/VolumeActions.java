package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.fleet.AvailabilityZones;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeAttachment;

/** The actions on volumes. */
@ActionGroup(service = Ec2Service.NAME)
class VolumeActions {
    private final Volumes volumes;
    private final AvailabilityZones zones;

    VolumeActions(Volumes volumes, AvailabilityZones zones) {
        this.volumes = volumes;
        this.zones = zones;
    }

    @Action(
            supports = {"VolumeId", "Filter.*", "MaxResults", "NextToken"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeVolumesResponse describeVolumes(Caller caller, DescribeVolumesRequest request) {
        var page = volumes.describe(
                caller, Queries.of(request.volumeIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeVolumesResponse.builder()
                .volumes(page.items().stream().map(this::volume).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private Volume volume(VolumeView volume) {
        var attachment = volume.attachment();
        var shape = volume.shape();
        return Volume.builder()
                .volumeId(volume.id().value())
                // Clients take it that the member is there: it is empty for a volume that was made of no snapshot.
                .snapshotId("")
                .size(shape.sizeGib())
                .volumeType(shape.type().ec2Name())
                .iops(shape.provisionedIops())
                .throughput(shape.provisionedThroughput())
                .state(volume.state().ec2Name())
                .availabilityZone(volume.zone())
                .availabilityZoneId(zones.require(volume.zone()).id())
                .createTime(volume.created())
                .encrypted(false)
                .multiAttachEnabled(false)
                .attachments(attachment == null ? List.of() : List.of(attachment(volume, attachment)))
                .tags(TagForm.write(volume.tags()))
                .build();
    }

    private static VolumeAttachment attachment(VolumeView volume, VolumeView.Attachment attachment) {
        return VolumeAttachment.builder()
                .volumeId(volume.id().value())
                .instanceId(attachment.instance().value())
                .device(attachment.device())
                .state(attachment.state().ec2Name())
                .attachTime(attachment.attached())
                .deleteOnTermination(attachment.deleteOnTermination())
                .build();
    }
}
