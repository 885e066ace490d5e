package io.croft.controller.image;

import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A machine image.
 *
 * @param name unique among the owner's images
 * @param description empty when it has none
 * @param isPublic whether every account may launch it
 * @param architecture {@code i386}, {@code x86_64} or {@code arm64}
 * @param digest the blob, a qcow2 file, that its root volumes start as; null for an image whose do not
 * @param blobBytes the blob's size in bytes; 0 without one
 * @param virtualBytes the disk's size in bytes; a root volume is at least that large
 * @param rootDeviceName such as {@code /dev/xvda}
 * @param devices what its instances have besides the root volume, in the order of their names
 * @param enaSupport as it was registered; every instance has a virtio interface whatever it says
 * @param sriovNetSupport {@code simple}, or null; the same holds
 * @param reason why it failed; null unless it did
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
        @Nullable Digest digest,
        long blobBytes,
        long virtualBytes,
        String rootDeviceName,
        RootVolume rootVolume,
        List<ImageDevice> devices,
        boolean enaSupport,
        @Nullable String sriovNetSupport,
        Origin origin,
        @Nullable ImageReason reason,
        Instant created,
        Map<String, String> tags) {
    public ImageView {
        devices = List.copyOf(devices);
        tags = Map.copyOf(tags);
    }

    /**
     * What an image was made from.
     *
     * @param image that it was copied from; null for none
     * @param instance whose volumes its snapshots were taken of; null for none
     */
    public record Origin(@Nullable ImageId image, @Nullable InstanceId instance) {
        public static final Origin NONE = new Origin(null, null);
    }

    /** The root volume's least size, in GiB. */
    public int leastVolumeGibibytes() {
        return (int) Math.ceilDiv(virtualBytes, 1L << 30);
    }

    /** The image that it was copied from; null for none. */
    public @Nullable ImageId source() {
        return origin.image();
    }

    /** The snapshots that volumes of its instances start as. */
    public List<SnapshotId> snapshots() {
        return Stream.concat(Stream.of(rootVolume.snapshot()), devices.stream().map(ImageDevice::snapshot))
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }
}
