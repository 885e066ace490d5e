package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.types.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * The root volume that an instance of an image gets unless its launch says otherwise.
 *
 * @param shape holds the image's disk
 * @param snapshot what it starts as; null where it starts as the image's blob, and while an image has neither yet
 */
public record RootVolume(
        VolumeShape shape,
        boolean deleteOnTermination,
        @Nullable SnapshotId snapshot) {}
