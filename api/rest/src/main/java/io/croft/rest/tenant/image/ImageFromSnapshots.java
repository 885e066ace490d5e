package io.croft.rest.tenant.image;

import io.croft.rest.tenant.compute.instance.NewInstances.VolumeMapping;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to make an image of snapshots that the account has.
 *
 * @param name 3 to 128 characters, unique among the account's images
 * @param volumes of its instances, of which that at the root device starts as a snapshot
 * @param architecture {@code x86_64} (by default), {@code arm64} or {@code i386}
 * @param bootMode {@code bios} (by default for x86_64 and i386) or {@code uefi} (for arm64, which knows no other)
 * @param rootDeviceName {@code /dev/xvda} by default
 */
public record ImageFromSnapshots(
        String name,
        @Nullable String description,
        List<VolumeMapping> volumes,
        @Nullable String architecture,
        @Nullable String bootMode,
        @Nullable String rootDeviceName,
        @Nullable Map<String, String> tags) {
    public ImageFromSnapshots {
        Objects.requireNonNull(name, "name is missing");
        volumes = List.copyOf(Objects.requireNonNull(volumes, "volumes is missing"));
    }
}
