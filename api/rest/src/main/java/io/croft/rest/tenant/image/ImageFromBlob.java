package io.croft.rest.tenant.image;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to make an image of a blob that the account has.
 *
 * @param name 3 to 128 characters, unique among the account's images
 * @param digest {@code sha256:<hex>}
 * @param architecture {@code x86_64} (by default), {@code arm64} or {@code i386}
 * @param bootMode {@code bios} (by default for x86_64 and i386) or {@code uefi} (for arm64, which knows no other)
 * @param rootDeviceName {@code /dev/xvda} by default
 */
public record ImageFromBlob(
        String name,
        @Nullable String description,
        String digest,
        @Nullable String architecture,
        @Nullable String bootMode,
        @Nullable String rootDeviceName,
        @Nullable Map<String, String> tags) {
    public ImageFromBlob {
        Objects.requireNonNull(name, "name is missing");
        Objects.requireNonNull(digest, "digest is missing");
    }
}
