package io.croft.rest.tenant.blockstorage.snapshot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request for snapshots of an instance's volumes as of one moment.
 *
 * @param excludeBootVolume whether that which it boots from is left out
 * @param excludeVolumeIds others that are left out
 * @param copyVolumeTags whether each snapshot has its volume's tags, too
 */
public record NewInstanceSnapshots(
        String instanceId,
        @Nullable Boolean excludeBootVolume,
        @Nullable List<String> excludeVolumeIds,
        @Nullable Boolean copyVolumeTags,
        @Nullable String description,
        @Nullable Map<String, String> tags) {
    public NewInstanceSnapshots {
        Objects.requireNonNull(instanceId, "instanceId is missing");
    }
}
