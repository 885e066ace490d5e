package io.croft.controller.image;

import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ImageId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine image.
 *
 * @param name unique among the owner's images
 * @param description empty when it has none
 * @param isPublic whether every account may launch it
 * @param architecture {@code i386}, {@code x86_64} or {@code arm64}
 * @param digest the blob, a qcow2 file
 * @param blobBytes the blob's size in bytes
 * @param virtualBytes the disk's size in bytes; a root volume is at least that large
 * @param rootDeviceName such as {@code /dev/xvda}
 * @param enaSupport as it was registered; every instance has a virtio interface whatever it says
 * @param sriovNetSupport {@code simple}, or null; the same holds
 * @param source the image that it was copied from; null for none
 */
public record ImageView(
        ImageId id,
        AccountId owner,
        String name,
        String description,
        ImageState state,
        boolean isPublic,
        String architecture,
        BootMode bootMode,
        Digest digest,
        long blobBytes,
        long virtualBytes,
        String rootDeviceName,
        RootVolume rootVolume,
        boolean enaSupport,
        @Nullable String sriovNetSupport,
        @Nullable ImageId source,
        Instant created,
        Map<String, String> tags) {
    public ImageView {
        tags = Map.copyOf(tags);
    }

    /** The root volume's least size, in GiB. */
    public int leastVolumeGibibytes() {
        return (int) Math.ceilDiv(virtualBytes, 1L << 30);
    }
}
