package io.croft.controller.ec2api.blockstorage.volume;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.volume.VolumeStatusView;
import io.croft.controller.blockstorage.volume.VolumeStatuses;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.ec2api.kit.ZoneForm;
import io.croft.controller.fleet.AvailabilityZones;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;
import software.amazon.awssdk.services.ec2.model.CreateVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeRequest;
import software.amazon.awssdk.services.ec2.model.DeleteVolumeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumeStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVolumesResponse;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVolumeAttributeResponse;
import software.amazon.awssdk.services.ec2.model.Volume;
import software.amazon.awssdk.services.ec2.model.VolumeStatusDetails;
import software.amazon.awssdk.services.ec2.model.VolumeStatusItem;
import software.amazon.awssdk.services.ec2.model.VolumeStatusName;

/** The actions on volumes. */
@ActionGroup(service = Ec2Service.NAME)
class VolumeActions {
    private final Volumes volumes;
    private final VolumeStatuses statuses;
    private final AvailabilityZones zones;

    VolumeActions(Volumes volumes, VolumeStatuses statuses, AvailabilityZones zones) {
        this.volumes = volumes;
        this.statuses = statuses;
        this.zones = zones;
    }

    @Action(
            supports = {
                "AvailabilityZone",
                "AvailabilityZoneId",
                "SnapshotId",
                "Size",
                "VolumeType",
                "Iops",
                "Throughput",
                "ClientToken",
                "TagSpecification.*"
            },
            accepts = {"Encrypted=false", "MultiAttachEnabled=false"})
    CreateVolumeResponse createVolume(Caller caller, CreateVolumeRequest request) {
        var wish = new Volumes.Wish(
                request.volumeTypeAsString() == null
                        ? VolumeType.DEFAULT_ALONE
                        : VolumeType.named(request.volumeTypeAsString()),
                request.size(),
                request.iops(),
                request.throughput(),
                ZoneForm.read(zones, request.availabilityZone(), request.availabilityZoneId()),
                request.snapshotId() == null ? null : new SnapshotId(request.snapshotId()),
                TagForm.specified(request.tagSpecifications(), ResourceType.VOLUME));
        var made = volume(volumes.create(caller, wish, request.clientToken()));
        return CreateVolumeResponse.builder()
                .volumeId(made.volumeId())
                .snapshotId(made.snapshotId())
                .size(made.size())
                .volumeType(made.volumeType())
                .iops(made.iops())
                .throughput(made.throughput())
                .state(made.state())
                .availabilityZone(made.availabilityZone())
                .availabilityZoneId(made.availabilityZoneId())
                .createTime(made.createTime())
                .encrypted(made.encrypted())
                .multiAttachEnabled(made.multiAttachEnabled())
                .attachments(made.attachments())
                .tags(made.tags())
                .build();
    }

    @Action(supports = "VolumeId")
    DeleteVolumeResponse deleteVolume(Caller caller, DeleteVolumeRequest request) {
        volumes.delete(caller, id(request.volumeId()));
        return DeleteVolumeResponse.builder().build();
    }

    @Action(
            supports = {"VolumeId", "Filter.*", "MaxResults", "NextToken"},
            accepts = {"IncludeManagedResources=false", "IncludeManagedResources=true"})
    DescribeVolumeStatusResponse describeVolumeStatus(Caller caller, DescribeVolumeStatusRequest request) {
        var page = statuses.describe(
                caller, Queries.of(request.volumeIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeVolumeStatusResponse.builder()
                .volumeStatuses(page.items().stream().map(this::status).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private VolumeStatusItem status(VolumeStatusView status) {
        return VolumeStatusItem.builder()
                .volumeId(status.id().value())
                .availabilityZone(status.zone())
                .availabilityZoneId(zones.require(status.zone()).id())
                .volumeStatus(s -> s.status(status.status())
                        .details(
                                VolumeStatusDetails.builder()
                                        .name(VolumeStatusName.IO_ENABLED)
                                        .status(status.ioEnabled())
                                        .build(),
                                VolumeStatusDetails.builder()
                                        .name(VolumeStatusName.IO_PERFORMANCE)
                                        .status("not-applicable")
                                        .build()))
                .actions(List.of())
                .events(List.of())
                .build();
    }

    @Action(supports = {"VolumeId", "Attribute"})
    DescribeVolumeAttributeResponse describeVolumeAttribute(Caller caller, DescribeVolumeAttributeRequest request) {
        var attribute = Given.value(request.attributeAsString(), "Attribute");
        var volume = volumes.require(caller, id(request.volumeId()));
        var answer =
                DescribeVolumeAttributeResponse.builder().volumeId(volume.id().value());
        switch (attribute) {
            case "autoEnableIO" -> answer.autoEnableIO(v -> v.value(volume.autoEnableIo()));
            case "productCodes" -> answer.productCodes(List.of());
            default -> throw Given.invalid("Attribute", attribute);
        }
        return answer.build();
    }

    @Action(supports = {"VolumeId", "AutoEnableIO.Value"})
    ModifyVolumeAttributeResponse modifyVolumeAttribute(Caller caller, ModifyVolumeAttributeRequest request) {
        var id = id(request.volumeId());
        var given = Given.value(request.autoEnableIO(), "AutoEnableIO");
        volumes.setAutoEnableIo(caller, id, Given.value(given.value(), "AutoEnableIO.Value"));
        return ModifyVolumeAttributeResponse.builder().build();
    }

    private static VolumeId id(@Nullable String id) {
        return new VolumeId(Given.value(id, "VolumeId"));
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
                .snapshotId(volume.snapshot() == null ? "" : volume.snapshot().value())
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
                .attachments(attachment == null ? List.of() : List.of(VolumeAttachmentForm.of(volume.id(), attachment)))
                .tags(TagForm.write(volume.tags()))
                .build();
    }
}
