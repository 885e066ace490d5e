package io.croft.controller.ec2api.blockstorage.snapshot;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.Given;
import io.croft.controller.blockstorage.snapshot.SnapshotQuery;
import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.ec2.model.CopySnapshotRequest;
import software.amazon.awssdk.services.ec2.model.CopySnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotRequest;
import software.amazon.awssdk.services.ec2.model.DeleteSnapshotResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSnapshotsResponse;
import software.amazon.awssdk.services.ec2.model.Snapshot;

/** The actions on snapshots. */
@ActionGroup(service = Ec2Service.NAME)
class SnapshotActions {
    private static final String SELF = "self";
    private static final String AMAZON = "amazon";

    private final Snapshots snapshots;
    private final String region;

    SnapshotActions(Snapshots snapshots, CroftProperties croft) {
        this.snapshots = snapshots;
        this.region = croft.region();
    }

    @Action(supports = {"SnapshotId", "Filter.*", "MaxResults", "NextToken", "Owner", "RestorableBy"})
    DescribeSnapshotsResponse describeSnapshots(Caller caller, DescribeSnapshotsRequest request) {
        var page = snapshots.describe(
                caller,
                new SnapshotQuery(
                        Queries.of(request.snapshotIds(), request.filters(), request.maxResults(), request.nextToken()),
                        request.ownerIds().stream()
                                .map(o -> account(caller, "owner", o))
                                .toList(),
                        restorableBy(caller, request.restorableByUserIds())));
        return DescribeSnapshotsResponse.builder()
                .snapshots(page.items().stream().map(SnapshotActions::snapshot).toList())
                .nextToken(page.nextToken())
                .build();
    }

    private static List<String> restorableBy(Caller caller, List<String> users) {
        return users.stream()
                .map(u -> u.equals(SnapshotQuery.EVERYONE)
                        ? u
                        : account(caller, "restorableBy", u).value())
                .toList();
    }

    private static AccountId account(Caller caller, String parameter, String name) {
        if (name.equals(SELF)) {
            return caller.account();
        }
        try {
            return name.equals(AMAZON) ? new AccountId("000000000000") : new AccountId(name);
        } catch (IllegalArgumentException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Value (" + name + ") for parameter " + parameter + " is invalid.",
                    "",
                    e);
        }
    }

    private static Snapshot snapshot(SnapshotView snapshot) {
        return Snapshot.builder()
                .snapshotId(snapshot.id().value())
                .volumeId(Objects.requireNonNullElse(snapshot.volume(), Snapshots.NO_VOLUME))
                .state(snapshot.state().ec2Name())
                .stateMessage(snapshot.message())
                .startTime(snapshot.started())
                .completionTime(snapshot.completed())
                .progress(snapshot.progress() + "%")
                .ownerId(snapshot.owner().value())
                .description(snapshot.description())
                .volumeSize(snapshot.sizeGib())
                .encrypted(false)
                .storageTier("standard")
                .tags(TagForm.write(snapshot.tags()))
                .build();
    }

    /** A presigned URL is for another region than this, and clients make one without being asked. */
    @Action(
            supports = {
                "SourceRegion",
                "SourceSnapshotId",
                "Description",
                "DestinationRegion",
                "PresignedUrl",
                "TagSpecification.*"
            },
            accepts = "Encrypted=false")
    CopySnapshotResponse copySnapshot(Caller caller, CopySnapshotRequest request) {
        requireHere("SourceRegion", Given.value(request.sourceRegion(), "SourceRegion"));
        if (request.destinationRegion() != null) {
            requireHere("DestinationRegion", request.destinationRegion());
        }
        var copy = snapshots.copy(
                caller,
                new SnapshotId(Given.value(request.sourceSnapshotId(), "SourceSnapshotId")),
                Objects.requireNonNullElse(request.description(), ""),
                TagForm.specified(request.tagSpecifications(), ResourceType.SNAPSHOT));
        return CopySnapshotResponse.builder()
                .snapshotId(copy.id().value())
                .tags(TagForm.write(copy.tags()))
                .build();
    }

    private void requireHere(String parameter, String given) {
        if (!given.equals(region)) {
            throw Given.invalid(parameter, given);
        }
    }

    @Action(supports = "SnapshotId")
    DeleteSnapshotResponse deleteSnapshot(Caller caller, DeleteSnapshotRequest request) {
        snapshots.delete(caller, new SnapshotId(Given.value(request.snapshotId(), "SnapshotId")));
        return DeleteSnapshotResponse.builder().build();
    }
}
