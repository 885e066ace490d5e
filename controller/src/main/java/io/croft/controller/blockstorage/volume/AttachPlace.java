package io.croft.controller.blockstorage.volume;

import io.croft.types.HostId;
import io.croft.types.InstanceId;

/**
 * The instance that is to have a volume, and where it is.
 *
 * @param rootDevice the name of the place that it boots from
 * @param backend the storage driver of its host that keeps a volume which has no place yet
 * @param live whether the instance's machine runs, and so has to be given the volume as it goes on
 */
public record AttachPlace(
        InstanceId instance, String rootDevice, String zone, HostId host, String backend, boolean live) {}
