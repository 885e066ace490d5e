package io.croft.controller.blockstorage.volume;

import io.croft.types.Digest;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import org.jspecify.annotations.Nullable;

/**
 * A volume to be made with its instance.
 *
 * @param backend the host's storage driver that keeps it
 * @param shape one that EC2 takes of such a volume, and that holds what it is made of
 * @param image what it starts as a copy of; null for none
 * @param snapshot whose bytes it starts with, see {@link io.croft.controller.blockstorage.snapshot.SnapshotOrigins}; null for none, and where there is an image
 * @param boot whether the instance boots from it
 */
public record NewInstanceVolume(
        VolumeId id,
        InstanceId instance,
        HostId host,
        String zone,
        String backend,
        VolumeShape shape,
        @Nullable Digest image,
        @Nullable SnapshotId snapshot,
        String device,
        boolean boot,
        boolean deleteOnTermination) {}
