package io.croft.controller.placement;

import static io.croft.controller.placement.PlannerTest.hosts;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.placement.Grouping.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Random fleets, groups and requests: a plan never promises more than there is nor breaks a group, and gives up only when nothing fits. */
class PlannerPropertyTest {
    private static final long GIB = PlannerTest.GIB;

    @Test
    void plansFitAndAreComplete() {
        var seed = System.nanoTime();
        System.out.println("PlannerPropertyTest seed " + seed);
        var random = new Random(seed);
        for (var world = 0; world < 2000; world++) {
            var fleet = fleet(random);
            var request = request(random, fleet);
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

    private static PlacementRequest request(Random random, FleetSnapshot fleet) {
        var least = 1 + random.nextInt(10);
        var each = new Resources(1 + random.nextInt(8), (1 + random.nextInt(16)) * GIB, (1 + random.nextInt(20)) * GIB);
        var zones = random.nextBoolean() ? List.of("a") : List.of("b", "a");
        return new PlacementRequest(zones, "x86_64", each, group(random, fleet), least, least + random.nextInt(10));
    }

    private static Grouping group(Random random, FleetSnapshot fleet) {
        return switch (random.nextInt(4)) {
            case 0 -> new Grouping.Alone();
            case 1 -> {
                var zone = random.nextBoolean() ? "a" : "b";
                yield Grouping.Cluster.of(some(random, fleet, 0)
                        .filter(m -> m.zone().equals(zone))
                        .toList());
            }
            case 2 -> {
                var members = some(random, fleet, 0).distinct().toList();
                yield random.nextBoolean() ? Grouping.Spread.onRacks(members) : Grouping.Spread.onHosts(members);
            }
            default -> {
                var count = 1 + random.nextInt(7);
                var wanted = random.nextBoolean() ? null : 1 + random.nextInt(count);
                yield Grouping.Partitions.of(
                        count, wanted, some(random, fleet, count).toList());
            }
        };
    }

    /** Members on some of the hosts, each host in one partition. */
    private static Stream<Member> some(Random random, FleetSnapshot fleet, int partitions) {
        var members = new ArrayList<Member>();
        for (var host : fleet.hosts()) {
            var partition = partitions == 0 ? null : 1 + random.nextInt(partitions);
            for (var i = random.nextInt(3); i > 0; i--) {
                members.add(new Member(host.id(), host.zone(), partition));
            }
        }
        return members.stream();
    }

    private static void check(FleetSnapshot fleet, PlacementRequest request, Plan plan) {
        assertThat(plan.places()).hasSizeLessThanOrEqualTo(request.most());
        assertThat(hosts(plan).stream().map(HostView::zone).distinct()).hasSizeLessThanOrEqualTo(1);
        var free = new HashMap<HostView, Resources>();
        for (var host : hosts(plan)) {
            assertThat(host.state()).isEqualTo(HostState.READY);
            var left = free.getOrDefault(host, host.free());
            assertThat(left.covers(request.each())).isTrue();
            free.put(host, left.minus(request.each()));
        }
        checkGroup(request.group(), plan);
        if (plan.places().size() < request.least()) {
            var group = request.group()
                    .with(plan.places().stream().map(Plan.Place::member).toList());
            assertThat(plan.refusals()).as("each host's reason").hasSameSizeAs(reasons(fleet, request, free, group));
            for (var zone : request.zones()) {
                assertThat(room(fleet, request, zone)).isLessThan(request.least());
            }
        }
    }

    private static void checkGroup(Grouping group, Plan plan) {
        switch (group) {
            case Grouping.Alone() -> assertThat(plan.places()).allMatch(p -> p.partition() == null);
            case Grouping.Cluster cluster ->
                assertThat(hosts(plan))
                        .allMatch(h -> cluster.zone() == null || h.zone().equals(cluster.zone()));
            case Grouping.Spread(var zoneByHost, var most) -> {
                assertThat(hosts(plan)).doesNotHaveDuplicates().noneMatch(h -> zoneByHost.containsKey(h.id()));
                var before = zoneByHost.values().stream()
                        .filter(z -> hosts(plan).stream().anyMatch(h -> h.zone().equals(z)))
                        .count();
                assertThat(hosts(plan).isEmpty() || before + hosts(plan).size() <= most)
                        .isTrue();
            }
            case Grouping.Partitions(var sizes, var wanted, var before) -> {
                var partitions = new HashMap<>(before);
                for (var place : plan.places()) {
                    var partition = Objects.requireNonNull(place.partition());
                    assertThat(partition).isBetween(1, sizes.size());
                    assertThat(wanted == null || wanted.equals(partition)).isTrue();
                    assertThat(Objects.requireNonNullElse(
                                    partitions.put(place.host().id(), partition), partition))
                            .as("the partition of a host")
                            .isEqualTo(partition);
                }
            }
        }
    }

    private static List<HostView> reasons(
            FleetSnapshot fleet, PlacementRequest request, Map<HostView, Resources> free, Grouping after) {
        var single = request.zones().size() == 1;
        var group = single ? after : request.group();
        return fleet.hosts().stream()
                .filter(h -> h.state() != HostState.READY
                        || !request.zones().contains(h.zone())
                        || group.refusal(h).isPresent()
                        || !(single ? free.getOrDefault(h, h.free()) : h.free()).covers(request.each()))
                .toList();
    }

    /** How many instances there is room for in a zone. */
    private static long room(FleetSnapshot fleet, PlacementRequest request, String zone) {
        var hosts = fleet.hosts().stream()
                .filter(h -> h.state() == HostState.READY && h.zone().equals(zone))
                .toList();
        return switch (request.group()) {
            case Grouping.Alone() ->
                hosts.stream().mapToLong(h -> room(h, request.each())).sum();
            case Grouping.Cluster cluster ->
                cluster.zone() == null || cluster.zone().equals(zone)
                        ? hosts.stream().mapToLong(h -> room(h, request.each())).sum()
                        : 0;
            case Grouping.Spread(var zoneByHost, var most) ->
                Math.min(
                        most - zoneByHost.values().stream().filter(zone::equals).count(),
                        hosts.stream()
                                .filter(h -> !zoneByHost.containsKey(h.id()) && room(h, request.each()) > 0)
                                .count());
            case Grouping.Partitions group ->
                hosts.stream()
                        .filter(h -> group.refusal(h).isEmpty())
                        .mapToLong(h -> room(h, request.each()))
                        .sum();
        };
    }

    private static long room(HostView host, Resources each) {
        var room = 0L;
        for (var free = host.free(); free.covers(each); free = free.minus(each)) {
            room++;
        }
        return room;
    }
}
