package io.croft.rest.tenant.image;

import io.croft.rest.tenant.compute.instance.NewInstances.VolumeMapping;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for an image of an instance.
 *
 * @param instanceId one that runs or is stopped
 * @param name 3 to 128 characters, unique among the account's images
 * @param reboot whether a machine that runs is shut down first, so that its file systems are whole, and then goes on with its addresses; true by default
 * @param volumes what is to be other than the instance's devices, and beyond them
 * @param snapshotTags of each of the image's snapshots
 */
public record NewInstanceImage(
        String instanceId,
        String name,
        @Nullable String description,
        @Nullable Boolean reboot,
        @Nullable List<VolumeMapping> volumes,
        @Nullable Map<String, String> tags,
        @Nullable Map<String, String> snapshotTags) {
    public NewInstanceImage {
        Objects.requireNonNull(instanceId, "instanceId is missing");
        Objects.requireNonNull(name, "name is missing");
    }
}
