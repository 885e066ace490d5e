package io.croft.controller.placement;

import io.croft.controller.fleet.HostView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where instances could go.
 *
 * @param places one for each instance that has a place, hosts repeated
 * @param refusals why each host takes no more, when not all have a place
 */
public record Plan(List<Place> places, List<HostRefusal> refusals) {
    /**
     * A host for one instance.
     *
     * @param partition its partition in a group that has them
     * @param pool what it draws of what was set aside; null where it takes what is free
     */
    public record Place(
            HostView host,
            @Nullable Integer partition,
            @Nullable String pool) {
        Grouping.Member member() {
            return new Grouping.Member(host.id(), host.zone(), partition);
        }
    }

    public Plan {
        places = List.copyOf(places);
        refusals = List.copyOf(refusals);
    }
}
