package io.croft.controller.blockstorage.volume;

import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.util.function.Function;

/**
 * The instance that is to have a volume, and where it is.
 *
 * @param rootDevice the name of the place that it boots from
 * @param backend says which storage driver of its host keeps a volume that has no place yet
 * @param live whether the instance's machine runs, and so has to be given the volume as it goes on
 */
public record AttachPlace(
        InstanceId instance,
        String rootDevice,
        String zone,
        HostId host,
        Function<VolumeShape, String> backend,
        boolean live) {}
