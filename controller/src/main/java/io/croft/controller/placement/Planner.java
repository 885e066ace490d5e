package io.croft.controller.placement;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.placement.Plan.Place;
import io.croft.types.HostId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each instance the host that its placement group likes best, among those one where something was set aside for it, and among those the one where the scarcest thing is least used up after it, so that they spread.
 * Pure, so the same snapshot gives the same plan.
 */
final class Planner {
    private Planner() {}

    /** A host while the plan grows: what is left of it, for how many more, and how much of its scarcest resource the next one would use up, 0 to 1. */
    private record Candidate(HostView host, Resources free, long room, double load) {
        private static Candidate of(HostView host, Resources free, Resources each) {
            return new Candidate(host, free, roomIn(free, each), used(host.capacity(), free.minus(each)));
        }

        private static long roomIn(Resources free, Resources each) {
            return Math.min(
                    times(free.vcpus(), each.vcpus()),
                    Math.min(times(free.memoryBytes(), each.memoryBytes()), times(free.diskBytes(), each.diskBytes())));
        }

        private static long times(long free, long each) {
            return each == 0 ? Long.MAX_VALUE : free / each;
        }

        private static double used(Resources capacity, Resources free) {
            return Math.max(
                    used(free.vcpus(), capacity.vcpus()),
                    Math.max(
                            used(free.memoryBytes(), capacity.memoryBytes()),
                            used(free.diskBytes(), capacity.diskBytes())));
        }

        private static double used(long free, long all) {
            return all == 0 ? 1 : 1 - (double) free / all;
        }
    }

    /** Finds places for as many instances as there is room for, up to the request's most, all in one zone: the first that has room for the least. */
    static Plan plan(FleetSnapshot fleet, PlacementRequest request) {
        Plan last = new Plan(List.of(), List.of());
        for (var zone : zones(fleet, request)) {
            last = planZone(fleet, request.in(zone));
            if (last.places().size() >= request.least()) {
                return last;
            }
        }
        return request.zones().size() == 1 ? last : new Plan(last.places(), refusals(fleet, request, Map.of()));
    }

    /** The request's zones, those before the others where something was set aside. */
    private static List<String> zones(FleetSnapshot fleet, PlacementRequest request) {
        return request.zones().stream()
                .sorted(Comparator.comparingInt(z -> fleet.hosts().stream()
                                .anyMatch(h ->
                                        h.zone().equals(z) && request.aside().isOn(h.id()))
                        ? 0
                        : 1))
                .toList();
    }

    private static Plan planZone(FleetSnapshot fleet, PlacementRequest request) {
        var free = new HashMap<HostId, Resources>();
        var places = new ArrayList<Place>();
        var group = request.group();
        var aside = request.aside();
        var candidates = fleet.hosts().stream()
                .filter(h -> HostFilter.first(h, request.free(h), request).isEmpty())
                .map(h -> Candidate.of(h, request.free(h), request.each()))
                .toList();
        while (places.size() < request.most() && !candidates.isEmpty()) {
            var best = candidates.stream().min(order(group, aside)).orElseThrow();
            var place = new Place(
                    best.host(),
                    group.partitionOn(best.host()),
                    aside.first(best.host().id()));
            places.add(place);
            group = group.with(List.of(place.member()));
            aside = aside.after(best.host().id());
            free.put(best.host().id(), best.free().minus(request.each()));
            candidates = next(candidates, best, request, group);
        }
        return new Plan(
                places, places.size() < request.most() ? refusals(fleet, request.with(group, aside), free) : List.of());
    }

    private static Comparator<Candidate> order(Grouping group, SetAside aside) {
        var byCost = Comparator.comparingInt((Candidate c) -> group.cost(c.host()))
                .thenComparingInt(c -> aside.isOn(c.host().id()) ? 0 : 1);
        var byRoom = group.gathers() ? byCost.thenComparing(Candidate::room, Comparator.reverseOrder()) : byCost;
        return byRoom.thenComparingDouble(Candidate::load)
                .thenComparing(c -> c.host().id().value());
    }

    /** Those that can take one more after {@code taken} took one. */
    private static List<Candidate> next(
            List<Candidate> candidates, Candidate taken, PlacementRequest request, Grouping group) {
        var next = new ArrayList<Candidate>(candidates.size());
        for (var candidate : candidates) {
            var after = candidate.host().id().equals(taken.host().id())
                    ? Candidate.of(taken.host(), taken.free().minus(request.each()), request.each())
                    : candidate;
            if (after.room() > 0 && group.refusal(after.host()).isEmpty()) {
                next.add(after);
            }
        }
        return next;
    }

    /** Every host's reason, with {@code free} left of those that took some of the instances. */
    private static List<HostRefusal> refusals(
            FleetSnapshot fleet, PlacementRequest request, Map<HostId, Resources> free) {
        var refusals = new ArrayList<HostRefusal>();
        for (var host : fleet.hosts()) {
            HostFilter.first(host, free.getOrDefault(host.id(), request.free(host)), request)
                    .ifPresent(r -> refusals.add(new HostRefusal(host.id(), host.name(), r.filter(), r.reason())));
        }
        return refusals;
    }
}
