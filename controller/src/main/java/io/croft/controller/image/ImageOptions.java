package io.croft.controller.image;

import io.croft.controller.blockstorage.volume.DiskRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a new image beyond its blob. The network flags are kept and shown back; every instance has a virtio interface whatever they say.
 *
 * @param disks of its instances, the root volume among them or not; those that are mapped to nothing are not kept
 * @param sriovNetSupport {@code simple}; null for none
 * @param isPublic whether every account may launch it from the start
 */
public record ImageOptions(
        List<DiskRequest> disks,
        boolean enaSupport,
        @Nullable String sriovNetSupport,
        boolean isPublic) {
    public static final ImageOptions DEFAULT = new ImageOptions(List.of(), false, null, false);

    public ImageOptions {
        disks = List.copyOf(disks);
    }
}
