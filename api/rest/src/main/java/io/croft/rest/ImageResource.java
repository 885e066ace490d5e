package io.croft.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine image.
 *
 * @param account whose it is
 * @param description empty when it has none
 * @param digest {@code sha256:<hex>} of its blob; null for one that is made of snapshots
 * @param architecture {@code x86_64}, {@code arm64} or {@code i386}
 * @param bootMode {@code bios} or {@code uefi}
 * @param rootDeviceName such as {@code /dev/vda}
 * @param sizeBytes the blob's size; 0 without one
 * @param virtualBytes the disk's size
 * @param state {@code pending}, {@code available} or {@code failed}
 * @param snapshots that volumes of its instances start as, the root's first
 * @param isPublic whether every account may launch it
 * @param sharedWith the accounts that may by name
 * @param created ISO-8601
 */
public record ImageResource(
        String imageId,
        String account,
        String name,
        String description,
        @Nullable String digest,
        String architecture,
        String bootMode,
        String rootDeviceName,
        boolean enaSupport,
        long sizeBytes,
        long virtualBytes,
        String state,
        List<String> snapshots,
        boolean isPublic,
        List<String> sharedWith,
        String created) {
    public ImageResource {
        snapshots = List.copyOf(snapshots);
        sharedWith = List.copyOf(sharedWith);
    }
}
