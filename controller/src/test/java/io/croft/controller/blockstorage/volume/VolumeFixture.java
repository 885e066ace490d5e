package io.croft.controller.blockstorage.volume;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Volumes in the tests of all nouns. */
public final class VolumeFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "volume",
                tenant.ec2
                        .createVolume(r -> r.size(1).availabilityZone("us-east-1a"))
                        .volumeId());
    }

    @Override
    public String actions() {
        return """
                CreateVolume
                GetEbsEncryptionByDefault EnableEbsEncryptionByDefault DisableEbsEncryptionByDefault GetEbsDefaultKmsKeyId
                DescribeVolumes DescribeVolumeStatus | VolumeId.1={volume} | InvalidVolume.NotFound
                DescribeVolumesModifications         | VolumeId.1={volume} | InvalidVolume.NotFound
                ModifyVolume            | VolumeId={volume}&Size=9         | InvalidVolume.NotFound
                DeleteVolume DetachVolume | VolumeId={volume}              | InvalidVolume.NotFound
                AttachVolume            | VolumeId={volume}&InstanceId={instance}&Device=/dev/sdf | InvalidVolume.NotFound
                DescribeVolumeAttribute | VolumeId={volume}&Attribute=autoEnableIO     | InvalidVolume.NotFound
                ModifyVolumeAttribute   | VolumeId={volume}&AutoEnableIO.Value=true    | InvalidVolume.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeVolumes | VolumeId.1= | InvalidVolumeID.Malformed
                CreateVolume    | AvailabilityZone=us-east-1a&SnapshotId=snap-x | InvalidSnapshotID.Malformed
                CreateVolume    | AvailabilityZone=us-east-1a                   | MissingParameter
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeVolumes: attachment.attach-time attachment.delete-on-termination attachment.device
                    attachment.instance-id attachment.status availability-zone availability-zone-id create-time
                    encrypted fast-restored multi-attach-enabled operator.managed operator.principal size
                    snapshot-id status tag-key tag:Name volume-id volume-type
                DescribeVolumeStatus: action.code action.description action.event-id availability-zone
                    event.description event.event-id event.event-type event.not-after event.not-before
                    volume-status.details-name volume-status.details-status volume-status.status
                DescribeVolumesModifications: modification-state original-iops original-size original-volume-type
                    originalMultiAttachEnabled start-time target-iops target-size target-volume-type
                    targetMultiAttachEnabled volume-id
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/volumes
                POST /v1/volumes
                GET /v1/volumes/{id}
                PATCH /v1/volumes/{id} | {}
                DELETE /v1/volumes/{id}
                GET /v1/volumes/{id}/modification
                POST /v1/volumes/{id}/attachment | {"instanceId":"i-0123456789abcdef0","device":"/dev/sdf"}
                DELETE /v1/volumes/{id}/attachment
                """;
    }
}
