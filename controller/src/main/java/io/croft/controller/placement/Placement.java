package io.croft.controller.placement;

import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.ClaimPools;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.types.HostId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Finds hosts for instances and claims their capacity in the caller's transaction. */
@Component
public class Placement {
    private static final Logger log = LoggerFactory.getLogger(Placement.class);
    private static final int ROUNDS = 8;

    private final Fleet fleet;
    private final Capacity capacity;
    private final ClaimPools pools;

    Placement(Fleet fleet, Capacity capacity, ClaimPools pools) {
        this.fleet = fleet;
        this.capacity = capacity;
        this.pools = pools;
    }

    /** What instances take of their hosts. */
    @FunctionalInterface
    public interface Claims {
        /** What the instance of an index, from 0, takes at its place. */
        List<Claim> of(int index, Plan.Place place);
    }

    /** Instance number {@code index} of a request has its place, and its claims there. */
    public record Placed(int index, Plan.Place place) {
        public HostView host() {
            return place.host();
        }
    }

    /**
     * Places between the request's least and most instances. Hosts are claimed in the order of their ids; where another launch was faster, the plan is made
     * again from what is left.
     *
     * @param request whose group and pools, if any, the caller has locked against other launches
     * @return by index, from 0 without gaps
     * @throws NoCapacityException when there is room for fewer than the least; the transaction is then to be rolled back
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Placed> place(PlacementRequest request, Claims claims) throws NoCapacityException {
        var placed = new ArrayList<Placed>();
        for (var round = 0; round < ROUNDS && placed.size() < request.most(); round++) {
            var plan = plan(request, placed);
            var before = placed.size();
            if (before + plan.places().size() < request.least()) {
                throw new NoCapacityException(plan.refusals());
            }
            claim(plan, placed, claims);
            if (placed.size() - before == plan.places().size()) {
                return List.copyOf(placed);
            }
        }
        if (placed.size() < request.least()) {
            throw new NoCapacityException(
                    Planner.plan(fleet.snapshot(), now(rest(request, placed))).refusals());
        }
        return List.copyOf(placed);
    }

    /**
     * A plan over all hosts as long as nothing is claimed. After that, over those that can be claimed without waiting for a transaction that waits for this one:
     * the hosts claimed already and those behind them in the order of ids. Only where that leaves less than the least are all hosts looked at again.
     */
    private Plan plan(PlacementRequest request, List<Placed> placed) {
        var all = fleet.snapshot();
        var wanted = now(rest(request, placed));
        if (placed.isEmpty()) {
            return Planner.plan(all, wanted);
        }
        var claimed = placed.stream().map(p -> p.host().id()).collect(Collectors.toSet());
        var last = claimed.stream()
                .map(HostId::value)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        var inOrder = Planner.plan(
                new FleetSnapshot(all.hosts().stream()
                        .filter(h -> claimed.contains(h.id()) || h.id().value().compareTo(last) > 0)
                        .toList()),
                wanted);
        return placed.size() + inOrder.places().size() >= request.least() ? inOrder : Planner.plan(all, wanted);
    }

    private PlacementRequest now(PlacementRequest request) {
        var aside = request.aside();
        return request.with(request.group(), aside.now(pools.shares(aside.pools())));
    }

    /** Why a host does not take what has to be on it and nowhere else. */
    public List<HostRefusal> refusal(HostId host, String zone, String architecture, Resources needed) {
        var only = new FleetSnapshot(fleet.find(host).stream().toList());
        return Planner.plan(only, new PlacementRequest(List.of(zone), architecture, needed, new Grouping.Alone(), 1, 1))
                .refusals();
    }

    /** What is still to be placed, in the zone of what is placed. */
    private static PlacementRequest rest(PlacementRequest request, List<Placed> placed) {
        return placed.isEmpty()
                ? request
                : new PlacementRequest(
                        List.of(placed.getFirst().host().zone()),
                        request.architecture(),
                        request.each(),
                        request.storage(),
                        request.abilities(),
                        request.group()
                                .with(placed.stream()
                                        .map(p -> p.place().member())
                                        .toList()),
                        request.aside(),
                        Math.max(1, request.least() - placed.size()),
                        request.most() - placed.size());
    }

    private void claim(Plan plan, List<Placed> placed, Claims claims) {
        var counts = new TreeMap<HostId, List<Plan.Place>>(Comparator.comparing(HostId::value));
        plan.places()
                .forEach(p -> counts.computeIfAbsent(p.host().id(), _ -> new ArrayList<>())
                        .add(p));
        counts.forEach((id, places) -> {
            var first = placed.size();
            var wanted = new ArrayList<Claim>();
            for (var i = 0; i < places.size(); i++) {
                wanted.addAll(claims.of(first + i, places.get(i)));
            }
            if (capacity.claim(id, wanted)) {
                places.forEach(p -> placed.add(new Placed(placed.size(), p)));
            } else {
                log.atDebug().addKeyValue("host", id).log("another launch was faster on this host");
            }
        });
    }
}
