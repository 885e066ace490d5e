package io.croft.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random fleets and requests: a plan never promises more than there is, and gives up only when nothing fits. */
class PlannerPropertyTest {
    private static final long GIB = PlannerTest.GIB;

    @Test
    void plansFitAndAreComplete() {
        var seed = System.nanoTime();
        System.out.println("PlannerPropertyTest seed " + seed);
        var random = new Random(seed);
        for (var world = 0; world < 500; world++) {
            var fleet = fleet(random);
            var request = request(random);
            check(fleet, request, Planner.plan(fleet, request));
            assertThat(Planner.plan(fleet, request)).isEqualTo(Planner.plan(fleet, request));
        }
    }

    private static FleetSnapshot fleet(Random random) {
        var hosts = new ArrayList<HostView>();
        for (var i = 0; i < random.nextInt(12); i++) {
            var capacity = new Resources(random.nextInt(33), random.nextInt(65) * GIB, random.nextInt(500) * GIB);
            var claimed = new Resources(
                    random.nextInt(capacity.vcpus() + 1),
                    random.nextLong(capacity.memoryBytes() + 1),
                    random.nextLong(capacity.diskBytes() + 1));
            var states = HostState.values();
            var state = random.nextInt(4) == 0 ? states[random.nextInt(states.length)] : HostState.READY;
            hosts.add(PlannerTest.host(i, random.nextBoolean() ? "a" : "b", state, capacity, claimed));
        }
        return new FleetSnapshot(hosts);
    }

    private static PlacementRequest request(Random random) {
        var least = 1 + random.nextInt(10);
        var each = new Resources(1 + random.nextInt(8), (1 + random.nextInt(16)) * GIB, (1 + random.nextInt(20)) * GIB);
        var zones = random.nextBoolean() ? List.of("a") : List.of("b", "a");
        return new PlacementRequest(zones, "x86_64", each, least, least + random.nextInt(10));
    }

    private static void check(FleetSnapshot fleet, PlacementRequest request, Plan plan) {
        assertThat(plan.hosts()).hasSizeLessThanOrEqualTo(request.most());
        assertThat(plan.hosts().stream().map(HostView::zone).distinct()).hasSizeLessThanOrEqualTo(1);
        var free = new HashMap<HostView, Resources>();
        for (var host : plan.hosts()) {
            assertThat(host.state()).isEqualTo(HostState.READY);
            var left = free.getOrDefault(host, host.free());
            assertThat(left.covers(request.each())).isTrue();
            free.put(host, left.minus(request.each()));
        }
        if (plan.hosts().size() < request.least()) {
            assertThat(plan.refusals()).as("each host's reason").hasSameSizeAs(reasons(fleet, request, free));
            for (var zone : request.zones()) {
                assertThat(room(fleet, request, zone)).isLessThan(request.least());
            }
        }
    }

    private static List<HostView> reasons(
            FleetSnapshot fleet, PlacementRequest request, Map<HostView, Resources> free) {
        var single = request.zones().size() == 1;
        return fleet.hosts().stream()
                .filter(h -> h.state() != HostState.READY
                        || !request.zones().contains(h.zone())
                        || !(single ? free.getOrDefault(h, h.free()) : h.free()).covers(request.each()))
                .toList();
    }

    private static long room(FleetSnapshot fleet, PlacementRequest request, String zone) {
        var room = 0L;
        for (var host : fleet.hosts()) {
            var free = host.free();
            while (host.state() == HostState.READY && host.zone().equals(zone) && free.covers(request.each())) {
                room++;
                free = free.minus(request.each());
            }
        }
        return room;
    }
}
