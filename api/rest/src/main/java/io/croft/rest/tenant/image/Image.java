package io.croft.rest.tenant.image;

import java.util.Map;

/**
 * A machine image.
 *
 * @param state EC2's name of its state
 * @param isPublic whether every account may launch it
 * @param bootMode {@code bios} or {@code uefi}
 * @param sizeBytes of the file
 * @param virtualBytes of the disk
 */
public record Image(
        String imageId,
        String owner,
        String name,
        String description,
        String state,
        boolean isPublic,
        String digest,
        String architecture,
        String bootMode,
        long sizeBytes,
        long virtualBytes,
        String rootDeviceName,
        String created,
        Map<String, String> tags) {}
