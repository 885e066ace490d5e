package io.croft.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.fleet.FleetSnapshot;
import io.croft.controller.fleet.HostState;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.protocol.HostFacts;
import io.croft.protocol.HostFacts.StoragePool;
import io.croft.types.HostId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    static final long GIB = 1L << 30;
    private static final Resources SMALL = new Resources(2, GIB, 2 * GIB);

    static HostView host(int number, String zone, HostState state, Resources capacity, Resources claimed) {
        var facts = new HostFacts(
                "h" + number,
                zone,
                "x86_64",
                "tcg",
                4,
                8 * GIB,
                List.of(new StoragePool("file", 100 * GIB, 100 * GIB)),
                "1",
                List.of(),
                null);
        return host(number, zone, state, capacity, claimed, facts);
    }

    private static HostView host(
            int number, String zone, HostState state, Resources capacity, Resources claimed, HostFacts facts) {
        return new HostView(
                new HostId("host-%017x".formatted(number)),
                "h" + number,
                zone,
                state,
                facts,
                capacity,
                claimed,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                0,
                0);
    }

    private static HostView host(int number, Resources claimed) {
        return host(number, "a", HostState.READY, new Resources(16, 8 * GIB, 100 * GIB), claimed);
    }

    private static PlacementRequest request(int least, int most, String... zones) {
        return new PlacementRequest(List.of(zones), "x86_64", SMALL, new Grouping.Alone(), least, most);
    }

    static List<HostView> hosts(Plan plan) {
        return plan.places().stream().map(Plan.Place::host).toList();
    }

    private static List<String> names(Plan plan) {
        return hosts(plan).stream().map(HostView::name).toList();
    }

    @Test
    void spreadsOverHosts() {
        var fleet = new FleetSnapshot(List.of(host(1, Resources.NONE), host(2, Resources.NONE)));
        assertThat(names(Planner.plan(fleet, request(1, 4, "a")))).containsExactly("h1", "h2", "h1", "h2");
    }

    @Test
    void prefersTheEmptierHost() {
        var fleet = new FleetSnapshot(List.of(host(1, new Resources(2, 4 * GIB, GIB)), host(2, Resources.NONE)));
        assertThat(names(Planner.plan(fleet, request(1, 1, "a")))).containsExactly("h2");
    }

    @Test
    void saysWhatIsMissing() {
        var fleet = new FleetSnapshot(List.of(
                host(1, new Resources(15, 0, 0)),
                host(2, new Resources(0, 8 * GIB - 100 * (1 << 20), 0)),
                host(3, new Resources(0, 0, 99 * GIB)),
                host(4, "b", HostState.READY, new Resources(16, GIB, GIB), Resources.NONE),
                host(5, "a", HostState.SUSPECT, new Resources(16, GIB, GIB), Resources.NONE)));
        var plan = Planner.plan(fleet, request(1, 1, "a"));
        assertThat(hosts(plan)).isEmpty();
        assertThat(plan.refusals())
                .extracting(HostRefusal::reason)
                .containsExactly(
                        "has 1 of 2 vCPUs free: 1 missing",
                        "has 100 of 1024 MiB of memory free: 924 missing",
                        "has 1024 of 2048 MiB of disk free: 1024 missing",
                        "is in zone b, not in a",
                        "is SUSPECT");
    }

    @Test
    void refusesACordonedHostWithTheOperatorsReason() {
        var host = host(1, Resources.NONE);
        var cordoned = new HostView(
                host.id(),
                host.name(),
                host.zone(),
                host.state(),
                host.facts(),
                host.capacity(),
                host.claimed(),
                host.enrolled(),
                host.lastHeard(),
                host.clockSkew(),
                "new disk",
                0,
                0);
        assertThat(Planner.plan(new FleetSnapshot(List.of(cordoned)), request(1, 1, "a"))
                        .refusals())
                .extracting(HostRefusal::reason)
                .containsExactly("is cordoned: new disk");
    }

    @Test
    void refusesWrongArchitecturesAndHostsWithProblems() {
        var arm = new HostFacts(
                "h1", "a", "arm64", "kvm", 4, GIB, List.of(new StoragePool("file", 1, 1)), "1", List.of(), null);
        var ill = new HostFacts("h2", "a", "x86_64", "kvm", 4, GIB, List.of(), "1", List.of("no br_netfilter"), null);
        var bare = new HostFacts("h3", "a", "x86_64", "kvm", 4, GIB, List.of(), "1", List.of(), null);
        var capacity = new Resources(16, 8 * GIB, 100 * GIB);
        var fleet = new FleetSnapshot(List.of(
                host(1, "a", HostState.READY, capacity, Resources.NONE, arm),
                host(2, "a", HostState.READY, capacity, Resources.NONE, ill),
                host(3, "a", HostState.READY, capacity, Resources.NONE, bare)));
        assertThat(Planner.plan(fleet, request(1, 1, "a")).refusals())
                .extracting(HostRefusal::reason)
                .containsExactly("is arm64 and does not emulate x86_64", "no br_netfilter", "offers no storage");
    }

    @Test
    void takesAHostThatEmulatesTheArchitecture() {
        var emulating = new HostFacts(
                "h1",
                "a",
                "arm64",
                "kvm",
                4,
                GIB,
                List.of(new StoragePool("file", 1, 1)),
                "1",
                List.of(),
                null,
                List.of("x86_64"),
                List.of("riscv64 is to be emulated: no QEMU for it"));
        var capacity = new Resources(16, 8 * GIB, 100 * GIB);
        var fleet = new FleetSnapshot(List.of(host(1, "a", HostState.READY, capacity, Resources.NONE, emulating)));
        assertThat(Planner.plan(fleet, request(1, 1, "a")).refusals()).isEmpty();
    }

    @Test
    void takesTheFirstZoneWithRoomForTheLeast() {
        var capacity = new Resources(4, 8 * GIB, 100 * GIB);
        var fleet = new FleetSnapshot(List.of(
                host(1, "a", HostState.READY, capacity, Resources.NONE),
                host(2, "b", HostState.READY, capacity, Resources.NONE),
                host(3, "b", HostState.READY, capacity, Resources.NONE)));
        assertThat(names(Planner.plan(fleet, request(1, 3, "a", "b")))).containsExactly("h1", "h1");
        assertThat(names(Planner.plan(fleet, request(3, 3, "a", "b")))).containsExactly("h2", "h3", "h2");
        assertThat(Planner.plan(fleet, request(5, 5, "a", "b")).refusals()).isNotNull();
    }

    @Test
    void knowsThatThereAreNoHosts() {
        var plan = Planner.plan(new FleetSnapshot(List.of()), request(1, 1, "a"));
        assertThat(hosts(plan)).isEmpty();
        assertThat(plan.refusals()).isEmpty();
    }
}
