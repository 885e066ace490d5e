package io.croft.controller.placement;

import io.croft.controller.fleet.Resources;
import java.util.List;

/**
 * Instances that are alike and need hosts.
 *
 * @param zones the zones in which all of them may be, tried in this order; they never spread over two
 * @param architecture {@code x86_64} or {@code arm64}
 * @param each what one of them takes
 * @param group what they join
 * @param least fewer than this is a failure
 * @param most as many as there is room for, up to this
 */
public record PlacementRequest(
        List<String> zones, String architecture, Resources each, Grouping group, int least, int most) {
    public PlacementRequest {
        zones = List.copyOf(zones);
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("between " + least + " and " + most + " instances");
        }
    }

    PlacementRequest in(String zone) {
        return new PlacementRequest(List.of(zone), architecture, each, group, least, most);
    }

    PlacementRequest with(Grouping grown) {
        return new PlacementRequest(zones, architecture, each, grown, least, most);
    }
}
