package io.croft.rest.tenant.compute.instance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance is among the account's others: the more network nodes two have in common, the nearer they are.
 *
 * @param placementGroup the name of the one that it keeps to; null for none
 * @param networkNodes the widest first, the last one its host's; none while it does not run
 */
public record InstanceTopology(
        String instanceId,
        String instanceType,
        String zone,
        @Nullable String placementGroup,
        List<String> networkNodes) {
    public InstanceTopology {
        networkNodes = List.copyOf(networkNodes);
    }
}
