package io.croft.controller.ec2api.blockstorage.snapshot;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.types.InstanceId;
import io.croft.types.ResourceType;
import io.croft.types.VolumeId;
import java.util.Objects;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.CopyTagsFromSource;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.CreateSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.SnapshotInfo;

/** The actions that take snapshots of volumes. */
@ActionGroup(service = Ec2Service.NAME)
class VolumeSnapshotActions {
    private final VolumeSnapshots snapshots;

    VolumeSnapshotActions(VolumeSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Action(
            supports = {"VolumeId", "Description", "TagSpecification.*"},
            accepts = "Location=regional")
    CreateSnapshotResponse createSnapshot(Caller caller, CreateSnapshotRequest request) {
        var snapshot = snapshots.create(
                caller,
                new VolumeId(Given.value(request.volumeId(), "VolumeId")),
                Objects.requireNonNullElse(request.description(), ""),
                TagForm.specified(request.tagSpecifications(), ResourceType.SNAPSHOT));
        return CreateSnapshotResponse.builder()
                .snapshotId(snapshot.id().value())
                .volumeId(snapshot.volume())
                .state(snapshot.state().ec2Name())
                .stateMessage(snapshot.message())
                .startTime(snapshot.started())
                .progress(snapshot.progress() + "%")
                .ownerId(snapshot.owner().value())
                .description(snapshot.description())
                .volumeSize(snapshot.sizeGib())
                .encrypted(false)
                .tags(TagForm.write(snapshot.tags()))
                .build();
    }

    @Action(
            supports = {
                "InstanceSpecification.InstanceId",
                "InstanceSpecification.ExcludeBootVolume",
                "InstanceSpecification.ExcludeDataVolumeId",
                "CopyTagsFromSource",
                "Description",
                "TagSpecification.*"
            },
            accepts = "Location=regional")
    CreateSnapshotsResponse createSnapshots(Caller caller, CreateSnapshotsRequest request) {
        var which = Given.value(request.instanceSpecification(), "InstanceSpecification");
        var copies = request.copyTagsFromSource();
        if (copies == CopyTagsFromSource.UNKNOWN_TO_SDK_VERSION) {
            throw Given.invalid("CopyTagsFromSource", request.copyTagsFromSourceAsString());
        }
        var made = snapshots.createAll(
                caller,
                new VolumeSnapshots.InstanceWish(
                        new InstanceId(Given.value(which.instanceId(), "InstanceSpecification.InstanceId")),
                        !Boolean.TRUE.equals(which.excludeBootVolume()),
                        which.excludeDataVolumeIds().stream().map(VolumeId::new).collect(Collectors.toSet()),
                        copies == CopyTagsFromSource.VOLUME,
                        Objects.requireNonNullElse(request.description(), ""),
                        TagForm.specified(request.tagSpecifications(), ResourceType.SNAPSHOT)));
        return CreateSnapshotsResponse.builder()
                .snapshots(made.stream().map(VolumeSnapshotActions::info).toList())
                .build();
    }

    private static SnapshotInfo info(SnapshotView snapshot) {
        return SnapshotInfo.builder()
                .snapshotId(snapshot.id().value())
                .volumeId(snapshot.volume())
                .state(snapshot.state().ec2Name())
                .startTime(snapshot.started())
                .progress(snapshot.progress() + "%")
                .ownerId(snapshot.owner().value())
                .description(snapshot.description())
                .volumeSize(snapshot.sizeGib())
                .encrypted(false)
                .tags(TagForm.write(snapshot.tags()))
                .build();
    }
}
