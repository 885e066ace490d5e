package io.croft.controller.placement;

import static io.croft.controller.placement.PlannerTest.hosts;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.placement.Grouping.Member;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the instances of a placement group go. */
class GroupingTest {
    private static final long GIB = PlannerTest.GIB;
    private static final Resources SMALL = new Resources(2, GIB, 2 * GIB);

    private static HostView host(int number, String zone, int cpus) {
        return PlannerTest.host(
                number, zone, HostState.READY, new Resources(cpus, 64 * GIB, 1000 * GIB), Resources.NONE);
    }

    private static Plan plan(Grouping group, int most, HostView... hosts) {
        var zones = List.of(hosts).stream().map(HostView::zone).distinct().toList();
        return Planner.plan(
                new FleetSnapshot(List.of(hosts)), new PlacementRequest(zones, "x86_64", SMALL, group, 1, most));
    }

    private static List<String> names(Plan plan) {
        return hosts(plan).stream().map(HostView::name).toList();
    }

    private static Member on(HostView host) {
        return new Member(host.id(), host.zone(), null);
    }

    @Test
    void aClusterGathersWhereMostHaveRoom() {
        var plan = plan(Grouping.Cluster.of(List.of()), 4, host(1, "a", 4), host(2, "a", 6), host(3, "a", 2));
        assertThat(names(plan)).containsExactly("h2", "h2", "h2", "h1");
    }

    @Test
    void aClusterStaysWhereItIs() {
        var second = host(2, "b", 4);
        var group = Grouping.Cluster.of(List.of(on(second)));
        assertThat(names(plan(group, 3, host(1, "a", 16), second, host(3, "b", 16))))
                .containsExactly("h2", "h2", "h3");
        assertThat(plan(group, 1, host(1, "a", 16)).refusals())
                .extracting(HostRefusal::reason)
                .containsExactly("is in zone a, the cluster placement group in b");
    }

    @Test
    void aSpreadGroupSharesNoHost() {
        var taken = host(1, "a", 16);
        var plan = plan(Grouping.Spread.onRacks(List.of(on(taken))), 3, taken, host(2, "a", 16), host(3, "a", 16));
        assertThat(names(plan)).containsExactlyInAnyOrder("h2", "h3");
        assertThat(plan.refusals())
                .extracting(HostRefusal::reason)
                .containsOnly("has an instance of the spread placement group");
    }

    @Test
    void aSpreadGroupHasSevenInAZoneUnlessItIsOfHosts() {
        var hosts = IntStream.range(0, 9).mapToObj(n -> host(n, "a", 16)).toArray(HostView[]::new);
        var plan = plan(Grouping.Spread.onRacks(List.of()), 9, hosts);
        assertThat(names(plan)).hasSize(7);
        assertThat(plan.refusals()).hasSize(9);
        assertThat(names(plan(Grouping.Spread.onHosts(List.of()), 9, hosts))).hasSize(9);
    }

    @Test
    void partitionsAreFilledEvenly() {
        var plan = plan(
                Grouping.Partitions.of(2, null, List.of()), 4, host(1, "a", 16), host(2, "a", 16), host(3, "a", 16));
        assertThat(plan.places()).extracting(Plan.Place::partition).containsExactly(1, 2, 1, 2);
        assertThat(names(plan)).containsExactly("h1", "h2", "h1", "h2");
    }

    @Test
    void aPartitionTakesNoHostOfAnother() {
        var first = host(1, "a", 16);
        var members = List.of(new Member(first.id(), "a", 1));
        assertThat(names(plan(Grouping.Partitions.of(3, 2, members), 2, first, host(2, "a", 16))))
                .containsExactly("h2", "h2");
        assertThat(plan(Grouping.Partitions.of(3, 2, members), 1, first).refusals())
                .extracting(HostRefusal::reason)
                .containsExactly("belongs to partition 1 of the placement group, not to 2");
    }
}
