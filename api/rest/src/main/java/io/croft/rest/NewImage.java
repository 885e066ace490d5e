package io.croft.rest;

import java.util.Objects;

/**
 * A request to make an image of an uploaded blob.
 *
 * @param name 3 to 128 characters, unique among the account's images
 * @param digest {@code sha256:<hex>}
 * @param architecture {@code x86_64}, {@code arm64} or {@code i386}, of 32 bits
 * @param bootMode {@code bios} or {@code uefi}
 * @param rootDeviceName such as {@code /dev/vda}
 * @param enaSupport whether the image says that it knows EC2's own network interface
 * @param isPublic whether every account may launch it
 */
public record NewImage(
        String name,
        String description,
        String digest,
        String architecture,
        String bootMode,
        String rootDeviceName,
        boolean enaSupport,
        boolean isPublic) {
    /** Every field is required. */
    public NewImage {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(description, "description is missing");
        Objects.requireNonNull(digest, "digest is missing");
        Objects.requireNonNull(architecture, "architecture is missing");
        Objects.requireNonNull(bootMode, "bootMode is missing");
        Objects.requireNonNull(rootDeviceName, "rootDeviceName is missing");
    }
}
