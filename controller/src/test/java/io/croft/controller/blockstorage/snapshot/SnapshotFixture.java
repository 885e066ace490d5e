package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Snapshots in the tests of all nouns. */
public final class SnapshotFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "snapshot", tenant.ebs().startSnapshot(r -> r.volumeSize(1L)).snapshotId());
    }

    @Override
    public String actions() {
        return """
                DescribeSnapshots         | SnapshotId.1={snapshot} | InvalidSnapshot.NotFound
                DeleteSnapshot            | SnapshotId={snapshot}   | InvalidSnapshot.NotFound
                CopySnapshot              | SourceRegion=us-east-1&SourceSnapshotId={snapshot} | InvalidSnapshot.NotFound
                CreateSnapshot            | VolumeId={volume}       | InvalidVolume.NotFound
                CreateSnapshots           | InstanceSpecification.InstanceId={instance} | InvalidInstanceID.NotFound
                DescribeSnapshotAttribute ResetSnapshotAttribute | SnapshotId={snapshot}&Attribute=createVolumePermission | InvalidSnapshot.NotFound
                ListSnapshotsInRecycleBin | SnapshotId.1={snapshot} | InvalidSnapshot.NotFound
                RestoreSnapshotFromRecycleBin | SnapshotId={snapshot} | InvalidSnapshot.NotFound
                ModifySnapshotAttribute   | SnapshotId={snapshot}&OperationType=add&UserGroup.1=all | InvalidSnapshot.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeSnapshots | SnapshotId.1=  | InvalidSnapshotID.Malformed
                DeleteSnapshot    | SnapshotId=    | InvalidSnapshotID.Malformed
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeSnapshots: description encrypted owner-alias owner-id progress snapshot-id start-time status
                    storage-tier tag-key tag:Name transfer-type volume-id volume-size
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/snapshots
                GET /v1/snapshots/{id}
                DELETE /v1/snapshots/{id}
                POST /v1/snapshots | {"volumeId":"vol-0123456789abcdef0"} | | 400
                POST /v1/snapshots/of-instance | {"instanceId":"i-0123456789abcdef0"} | | 400
                """;
    }
}
