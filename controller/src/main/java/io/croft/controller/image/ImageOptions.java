package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.DiskRequest;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a new image beyond its disk. The network flags are kept and shown back; every instance has a virtio interface whatever they say.
 *
 * @param sriovNetSupport {@code simple}; null for none
 * @param isPublic whether every account may launch it from the start
 */
public record ImageOptions(
        DiskRequest rootDisk, boolean enaSupport, @Nullable String sriovNetSupport, boolean isPublic) {
    public static final ImageOptions DEFAULT = new ImageOptions(DiskRequest.DEFAULT, false, null, false);
}
