package io.croft.controller.placement;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Spreads instances over the hosts that fit: each goes where the scarcest thing is least used up after it. Pure, so the same snapshot gives the same plan.
 */
final class Planner {
    private Planner() {}

    /** A host and what is left of it while the plan grows. */
    private record Candidate(HostView host, Resources free) {
        private Candidate less(Resources taken) {
            return new Candidate(host, free.minus(taken));
        }

        /** The part of the scarcest resource that is used up, 0 to 1. */
        private double load() {
            var capacity = host.capacity();
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
        for (var zone : request.zones()) {
            last = planZone(fleet, request.in(zone));
            if (last.hosts().size() >= request.least()) {
                return last;
            }
        }
        return request.zones().size() == 1 ? last : new Plan(last.hosts(), refusals(fleet, request));
    }

    private static Plan planZone(FleetSnapshot fleet, PlacementRequest request) {
        var byLoad = Comparator.comparingDouble(
                        (Candidate c) -> c.less(request.each()).load())
                .thenComparing(c -> c.host().id().value());
        var candidates = new PriorityQueue<>(byLoad);
        fleet.hosts().stream()
                .map(h -> new Candidate(h, h.free()))
                .filter(c -> fits(c, request))
                .forEach(candidates::add);
        var left = new ArrayList<Candidate>();
        var places = new ArrayList<HostView>();
        while (places.size() < request.most() && !candidates.isEmpty()) {
            var best = candidates.remove();
            places.add(best.host());
            var after = best.less(request.each());
            if (fits(after, request)) {
                candidates.add(after);
            } else {
                left.add(after);
            }
        }
        return new Plan(places, places.size() < request.most() ? refusals(fleet, request, left) : List.of());
    }

    private static boolean fits(Candidate candidate, PlacementRequest request) {
        return HostFilter.first(candidate.host(), candidate.free(), request).isEmpty();
    }

    private static List<HostRefusal> refusals(FleetSnapshot fleet, PlacementRequest request) {
        return refusals(fleet, request, List.of());
    }

    /** Every host's reason, for those that took some of the instances after taking them. */
    private static List<HostRefusal> refusals(FleetSnapshot fleet, PlacementRequest request, List<Candidate> used) {
        var refusals = new ArrayList<HostRefusal>();
        for (var host : fleet.hosts()) {
            var free = used.stream()
                    .filter(c -> c.host().id().equals(host.id()))
                    .map(Candidate::free)
                    .findFirst()
                    .orElse(host.free());
            HostFilter.first(host, free, request)
                    .ifPresent(reason -> refusals.add(new HostRefusal(host.id(), host.name(), reason)));
        }
        return refusals;
    }
}
