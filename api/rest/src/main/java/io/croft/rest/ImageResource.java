package io.croft.rest;

import java.util.List;

/**
 * A machine image.
 *
 * @param account whose it is
 * @param description empty when it has none
 * @param digest {@code sha256:<hex>} of its blob
 * @param architecture {@code x86_64}, {@code arm64} or {@code i386}
 * @param bootMode {@code bios} or {@code uefi}
 * @param rootDeviceName such as {@code /dev/vda}
 * @param sizeBytes the blob's size
 * @param virtualBytes the disk's size
 * @param isPublic whether every account may launch it
 * @param sharedWith the accounts that may by name
 * @param created ISO-8601
 */
public record ImageResource(
        String imageId,
        String account,
        String name,
        String description,
        String digest,
        String architecture,
        String bootMode,
        String rootDeviceName,
        boolean enaSupport,
        long sizeBytes,
        long virtualBytes,
        boolean isPublic,
        List<String> sharedWith,
        String created) {
    public ImageResource {
        sharedWith = List.copyOf(sharedWith);
    }
}
