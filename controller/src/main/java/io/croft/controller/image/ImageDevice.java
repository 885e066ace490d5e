package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.types.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * A volume besides that to boot from, which an instance of an image gets unless its launch says otherwise.
 *
 * @param device such as {@code /dev/sdf}
 * @param snapshot what it starts as; null for an empty one
 * @param leastGib no volume that starts as the snapshot is smaller, in GiB; 0 without one
 */
public record ImageDevice(
        String device, VolumeShape shape, @Nullable SnapshotId snapshot, int leastGib, boolean deleteOnTermination) {}
