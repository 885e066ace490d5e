package io.croft.controller.image;

import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a new image.
 *
 * @param name 3 to 128 characters of those that EC2 allows; unique among the owner's images
 * @param description up to 255 characters; empty for none
 * @param blob a qcow2 file that the caller's account has uploaded; null for an image whose root device is made of a snapshot
 * @param architecture {@code i386}, {@code x86_64} or {@code arm64}
 * @param rootDeviceName such as {@code /dev/xvda}
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RegisterImage.html">RegisterImage</a>
 */
public record ImageRegistration(
        String name,
        String description,
        @Nullable Digest blob,
        String architecture,
        BootMode bootMode,
        String rootDeviceName,
        Map<String, String> tags,
        ImageOptions options) {
    public ImageRegistration {
        tags = Map.copyOf(tags);
    }

    /** One with the usual options. */
    public ImageRegistration(
            String name,
            String description,
            Digest blob,
            String architecture,
            BootMode bootMode,
            String rootDeviceName,
            Map<String, String> tags) {
        this(name, description, blob, architecture, bootMode, rootDeviceName, tags, ImageOptions.DEFAULT);
    }

    /** How an image boots that says nothing of it; machines of arm64 know nothing but UEFI. */
    public static BootMode bootModeOf(String architecture) {
        return architecture.equals("arm64") ? BootMode.UEFI : BootMode.BIOS;
    }
}
