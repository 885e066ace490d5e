package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.volume.VolumeChange;
import io.croft.controller.blockstorage.volume.VolumeModifications;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.types.VolumeId;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesModificationsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesModificationsResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeResponse;
import software.amazon.awssdk.services.ec2.model.VolumeModification;

/** The actions that change volumes. */
@ActionGroup(service = Ec2Service.NAME)
class VolumeModificationActions {
    private final VolumeModifications modifications;

    VolumeModificationActions(VolumeModifications modifications) {
        this.modifications = modifications;
    }

    @Action(
            supports = {"VolumeId", "Size", "VolumeType", "Iops", "Throughput"},
            accepts = "MultiAttachEnabled=false")
    ModifyVolumeResponse modifyVolume(Caller caller, ModifyVolumeRequest request) {
        var change = new VolumeChange(
                request.size(),
                request.volumeTypeAsString() == null ? null : VolumeType.named(request.volumeTypeAsString()),
                request.iops(),
                request.throughput());
        var begun = modifications.modify(caller, new VolumeId(Given.value(request.volumeId(), "VolumeId")), change);
        return ModifyVolumeResponse.builder().volumeModification(form(begun)).build();
    }

    @Action(supports = {"VolumeId", "Filter.*", "MaxResults", "NextToken"})
    DescribeVolumesModificationsResponse describeVolumesModifications(
            Caller caller, DescribeVolumesModificationsRequest request) {
        var page = modifications.describe(
                caller, Queries.of(request.volumeIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeVolumesModificationsResponse.builder()
                .volumesModifications(page.items().stream()
                        .map(VolumeModificationActions::form)
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static VolumeModification form(io.croft.controller.blockstorage.volume.VolumeModification modification) {
        var original = modification.original();
        var target = modification.target();
        return VolumeModification.builder()
                .volumeId(modification.volume().value())
                .modificationState(modification.state().ec2Name())
                .statusMessage(modification.message())
                .originalSize(original.sizeGib())
                .originalVolumeType(original.type().ec2Name())
                .originalIops(original.iops())
                .originalThroughput(original.throughput())
                .originalMultiAttachEnabled(false)
                .targetSize(target.sizeGib())
                .targetVolumeType(target.type().ec2Name())
                .targetIops(target.iops())
                .targetThroughput(target.throughput())
                .targetMultiAttachEnabled(false)
                .progress((long) modification.progress())
                .startTime(modification.started())
                .endTime(modification.ended())
                .build();
    }
}
