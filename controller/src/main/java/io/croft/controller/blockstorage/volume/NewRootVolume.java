package io.croft.controller.blockstorage.volume;

import io.croft.types.Digest;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;

/**
 * A root volume to be made of an image.
 *
 * @param backend the host's storage driver that keeps it
 * @param shape one that EC2 takes of a root volume, and that holds the image
 */
public record NewRootVolume(
        VolumeId id,
        InstanceId instance,
        HostId host,
        String zone,
        String backend,
        VolumeShape shape,
        Digest image,
        String device,
        boolean deleteOnTermination) {}
