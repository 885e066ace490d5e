package io.croft.controller.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.types.ImageId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long launches and listings take beside 20,000 instances of ten tenants on twenty hosts. */
@Tag("long")
@ComputeTest
class InstanceSpeedIT {
    private static final int TENANTS = 10;
    private static final int EACH = 2000;
    /** Far above the aims of 60 ms a launch and 100 ms a page, since the machine may be busy; the figures are printed. */
    private static final Duration MOST = Duration.ofSeconds(1);

    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    JdbcClient jdbc;

    @Test
    void launchesAndListingsStayFast() {
        var image = world.image();
        world.onlyHost(100_000);
        for (var i = 1; i < 20; i++) {
            world.anotherHost(100_000);
        }
        jdbc.sql(
                        "UPDATE host_capacity SET vcpus = 1000000, memory_bytes = 1::bigint << 50, disk_bytes = 1::bigint << 50")
                .update();
        var tenants = new ArrayList<Caller>();
        for (var i = 0; i < TENANTS; i++) {
            var tenant = world.tenant();
            tenants.add(tenant);
            for (var done = 0; done < EACH; done += 200) {
                instances.run(tenant, LaunchRequests.of(image).counts(200, 200).build());
            }
        }
        var caller = tenants.getFirst();
        assertThat(p95("launch of one", 100, () -> launch(caller, image))).isLessThan(MOST);
        assertThat(p95("page of 1000", 20, () -> page(caller))).isLessThan(MOST);
        p95(
                "one by id",
                50,
                () -> world.show(caller, world.launch(caller, image).id()));
        p95("filter by state, page of 1000", 10, () -> filtered(caller, "instance-state-name", "pending"));
        p95("filter by private address", 10, () -> filtered(caller, "private-ip-address", "172.31.1.77"));
        p95("filter by name tag", 10, () -> filtered(caller, "tag:Name", "none*"));
        p95(
                "all statuses",
                5,
                () -> instances.describeStatus(caller, new Query(List.of(), List.of(), 1000, null), true));
    }

    private void launch(Caller caller, ImageId image) {
        assertThat(instances.run(caller, LaunchRequests.of(image).build()).instances())
                .hasSize(1);
    }

    private void page(Caller caller) {
        @Nullable String token = null;
        var page = instances.describe(caller, new Query(List.of(), List.of(), 1000, token));
        assertThat(page.items()).hasSize(1000);
    }

    private void filtered(Caller caller, String name, String value) {
        assertThat(instances.describe(
                        caller, new Query(List.of(), List.of(new Filter(name, List.of(value))), 1000, null)))
                .isNotNull();
    }

    private static Duration p95(String what, int times, Runnable call) {
        for (var i = 0; i < Math.max(3, times / 4); i++) {
            call.run();
        }
        var taken = new ArrayList<Duration>();
        for (var i = 0; i < times; i++) {
            var start = System.nanoTime();
            call.run();
            taken.add(Duration.ofNanos(System.nanoTime() - start));
        }
        taken.sort(Comparator.naturalOrder());
        var p95 = taken.get(Math.min(taken.size() - 1, taken.size() * 95 / 100));
        System.out.println("measured " + what + ": p50 "
                + taken.get(taken.size() / 2).toMillis() + " ms, p95 " + p95.toMillis() + " ms");
        return p95;
    }
}
