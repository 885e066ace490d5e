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
    /** A host for one instance, and its partition in a group that has them. */
    public record Place(HostView host, @Nullable Integer partition) {
        Grouping.Member member() {
            return new Grouping.Member(host.id(), host.zone(), partition);
        }
    }

    public Plan {
        places = List.copyOf(places);
        refusals = List.copyOf(refusals);
    }
}
