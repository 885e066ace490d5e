package io.croft.controller.image;

import io.croft.controller.blockstorage.VolumeType;
import org.jspecify.annotations.Nullable;

/**
 * What may be said of a new image beyond its disk. The network flags are kept and shown back; every instance has a virtio interface whatever they say.
 *
 * @param rootSizeGib the root volume's size in GiB; null for what the disk needs
 * @param rootType null for {@link VolumeType#DEFAULT}
 * @param rootIops the root volume's I/O operations per second; null for none asked for
 * @param rootThroughput the root volume's throughput in MiB/s; null for none asked for
 * @param rootDeleteOnTermination null for true
 * @param sriovNetSupport {@code simple}; null for none
 * @param isPublic whether every account may launch it from the start
 */
public record ImageOptions(
        @Nullable Integer rootSizeGib,
        @Nullable VolumeType rootType,
        @Nullable Integer rootIops,
        @Nullable Integer rootThroughput,
        @Nullable Boolean rootDeleteOnTermination,
        boolean enaSupport,
        @Nullable String sriovNetSupport,
        boolean isPublic) {
    public static final ImageOptions DEFAULT = new ImageOptions(null, null, null, null, null, false, null, false);
}
