package io.croft.controller.ec2api.blockstorage.snapshot;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.snapshot.SnapshotRecycleBin;
import io.croft.controller.blockstorage.snapshot.SnapshotRecycleBin.RecycledSnapshot;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinRequest;
import software.amazon.awssdk.services.ec2.model.ListSnapshotsInRecycleBinResponse;
import software.amazon.awssdk.services.ec2.model.RestoreSnapshotFromRecycleBinRequest;
import software.amazon.awssdk.services.ec2.model.RestoreSnapshotFromRecycleBinResponse;
import software.amazon.awssdk.services.ec2.model.SnapshotRecycleBinInfo;

/** The actions on snapshots that were deleted. What is kept there and for how long is the operator's setting: the service {@code rbin} is not served. */
@ActionGroup(service = Ec2Service.NAME)
class RecycleBinActions {
    private final SnapshotRecycleBin bin;

    RecycleBinActions(SnapshotRecycleBin bin) {
        this.bin = bin;
    }

    @Action(supports = {"SnapshotId", "MaxResults", "NextToken"})
    ListSnapshotsInRecycleBinResponse listSnapshotsInRecycleBin(
            Caller caller, ListSnapshotsInRecycleBinRequest request) {
        var page = bin.list(
                caller, Queries.of(request.snapshotIds(), List.of(), request.maxResults(), request.nextToken()));
        return ListSnapshotsInRecycleBinResponse.builder()
                .snapshots(page.items().stream().map(RecycleBinActions::info).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static SnapshotRecycleBinInfo info(RecycledSnapshot recycled) {
        var snapshot = recycled.snapshot();
        return SnapshotRecycleBinInfo.builder()
                .snapshotId(snapshot.id().value())
                .description(snapshot.description())
                .volumeId(Objects.requireNonNullElse(snapshot.volume(), Snapshots.NO_VOLUME))
                .recycleBinEnterTime(recycled.since())
                .recycleBinExitTime(recycled.until())
                .build();
    }

    @Action(supports = "SnapshotId")
    RestoreSnapshotFromRecycleBinResponse restoreSnapshotFromRecycleBin(
            Caller caller, RestoreSnapshotFromRecycleBinRequest request) {
        var snapshot = bin.restore(caller, new SnapshotId(Given.value(request.snapshotId(), "SnapshotId")));
        return RestoreSnapshotFromRecycleBinResponse.builder()
                .snapshotId(snapshot.id().value())
                .description(snapshot.description())
                .encrypted(false)
                .ownerId(snapshot.owner().value())
                .progress(snapshot.progress() + "%")
                .startTime(snapshot.started())
                .state(snapshot.state().ec2Name())
                .volumeId(Objects.requireNonNullElse(snapshot.volume(), Snapshots.NO_VOLUME))
                .volumeSize(snapshot.sizeGib())
                .build();
    }
}
