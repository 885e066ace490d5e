package io.croft.controller.blockstorage;

import io.croft.types.Digest;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;

/**
 * A root volume to be made of an image.
 *
 * @param backend the host's storage driver that keeps it
 * @param sizeGib in GiB, at least the image's
 * @param type EC2's volume type
 */
public record NewRootVolume(
        VolumeId id,
        InstanceId instance,
        HostId host,
        String zone,
        String backend,
        int sizeGib,
        String type,
        Digest image,
        String device,
        boolean deleteOnTermination) {}
