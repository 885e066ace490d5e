package io.croft.controller.compute.instance;

import io.croft.types.InstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance is among others.
 *
 * @param group the name of its placement group; null for none
 * @param networkNodes names of the region, the zone and the host, which tell one account's instances apart and nothing to another; none while it does not run
 */
public record InstanceTopology(
        InstanceId id,
        String instanceType,
        String zone,
        @Nullable String group,
        List<String> networkNodes) {
    public InstanceTopology {
        networkNodes = List.copyOf(networkNodes);
    }
}
