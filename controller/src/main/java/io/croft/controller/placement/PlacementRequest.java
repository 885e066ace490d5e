package io.croft.controller.placement;

import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import java.util.List;
import java.util.Set;

/**
 * Instances that are alike and need hosts.
 *
 * @param zones the zones in which all of them may be, tried in this order; they never spread over two
 * @param architecture {@code x86_64} or {@code arm64}
 * @param each what one of them takes
 * @param storage what the disks of one need
 * @param abilities what their hosts' agents have to be able to do, of what {@link io.croft.protocol.HostFacts} names
 * @param group what they join
 * @param aside what was set aside for them
 * @param least fewer than this is a failure
 * @param most as many as there is room for, up to this
 */
public record PlacementRequest(
        List<String> zones,
        String architecture,
        Resources each,
        StorageNeed storage,
        Set<String> abilities,
        Grouping group,
        SetAside aside,
        int least,
        int most) {
    public PlacementRequest {
        abilities = Set.copyOf(abilities);
        zones = List.copyOf(zones);
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("between " + least + " and " + most + " instances");
        }
    }

    /** Whose disks need so many bytes and no more, and whose agents nothing besides. */
    public PlacementRequest(
            List<String> zones,
            String architecture,
            Resources each,
            Grouping group,
            SetAside aside,
            int least,
            int most) {
        this(zones, architecture, each, StorageNeed.ANY, Set.of(), group, aside, least, most);
    }

    /** For whom nothing was set aside. */
    public PlacementRequest(
            List<String> zones, String architecture, Resources each, Grouping group, int least, int most) {
        this(zones, architecture, each, group, SetAside.NONE, least, most);
    }

    PlacementRequest in(String zone) {
        return new PlacementRequest(List.of(zone), architecture, each, storage, abilities, group, aside, least, most);
    }

    PlacementRequest with(Grouping grown, SetAside left) {
        return new PlacementRequest(zones, architecture, each, storage, abilities, grown, left, least, most);
    }

    /** What a host has left for them, before any of them is on it. */
    Resources free(HostView host) {
        return aside.free(host, each);
    }
}
