package io.croft.controller.placement;

import io.croft.controller.fleet.HostView;
import java.util.List;

/**
 * Where instances could go.
 *
 * @param hosts one for each instance that has a place, hosts repeated
 * @param refusals why each host takes no more, when not all have a place
 */
public record Plan(List<HostView> hosts, List<HostRefusal> refusals) {
    public Plan {
        hosts = List.copyOf(hosts);
        refusals = List.copyOf(refusals);
    }
}
