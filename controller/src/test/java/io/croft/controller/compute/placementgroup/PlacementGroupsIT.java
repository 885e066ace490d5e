package io.croft.controller.compute.placementgroup;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.launchspec.GroupMembership;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.protocol.InstanceSpec;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.ImageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What placement groups keep, also when many launches join one at once. */
@ComputeTest
class PlacementGroupsIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    Launches launches;

    @Autowired
    PlacementGroups groups;

    private Caller caller;
    private ImageId image;
    private List<ScriptedHost> hosts = List.of();

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        var all = new ArrayList<ScriptedHost>();
        all.add(world.onlyHost(16));
        IntStream.range(1, 4).forEach(_ -> all.add(world.anotherHost(16)));
        hosts = List.copyOf(all);
    }

    private void create(PlacementStrategy strategy, @Nullable Integer partitions) {
        groups.create(caller, "ring", strategy, partitions, null, Map.of());
    }

    private LaunchRequests into(@Nullable Integer partition) {
        return LaunchRequests.of(image).group("ring", partition);
    }

    private List<InstanceView> run(LaunchRequests request) {
        return launches.run(caller, request.build()).instances();
    }

    private static HostId host(InstanceView instance) {
        return Objects.requireNonNull(instance.host());
    }

    private static GroupMembership group(InstanceView instance) {
        return Objects.requireNonNull(instance.group());
    }

    /** Launches one instance each, all at once; those for which there is no room are left out. */
    private List<InstanceView> race(int number, LaunchRequests request) throws InterruptedException {
        var built = request.build();
        Callable<List<InstanceView>> launch = () -> {
            try {
                return launches.run(caller, built).instances();
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);
                return List.of();
            }
        };
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var launched = new ArrayList<InstanceView>();
            for (var result : pool.invokeAll(
                    IntStream.range(0, number).mapToObj(_ -> launch).toList())) {
                launched.addAll(result.get());
            }
            return launched;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    @Test
    void concurrentLaunchesIntoASpreadGroupShareNoHost() throws InterruptedException {
        create(PlacementStrategy.SPREAD, null);
        var launched = race(12, into(null));
        assertThat(launched).hasSize(hosts.size());
        assertThat(launched).extracting(PlacementGroupsIT::host).doesNotHaveDuplicates();
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> run(into(null)));
    }

    @Test
    void concurrentLaunchesIntoPartitionsShareNoHostOfAnother() throws InterruptedException {
        create(PlacementStrategy.PARTITION, 3);
        var launched = race(12, into(null));
        assertThat(launched).hasSize(12);
        var partitions = new HashMap<HostId, HashSet<Integer>>();
        var sizes = new HashMap<Integer, Integer>();
        for (var instance : launched) {
            var partition = Objects.requireNonNull(group(instance).partition());
            partitions.computeIfAbsent(host(instance), _ -> new HashSet<>()).add(partition);
            sizes.merge(partition, 1, Integer::sum);
        }
        assertThat(partitions.values()).allSatisfy(p -> assertThat(p).hasSize(1));
        assertThat(sizes).isEqualTo(Map.of(1, 4, 2, 4, 3, 4));
    }

    @Test
    void oneLaunchIsSpreadWholeOrNotAtAll() {
        create(PlacementStrategy.SPREAD, null);
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> run(into(null).counts(5, 5)));
        var launched = run(into(null).counts(2, 9));
        assertThat(launched).hasSize(4).extracting(PlacementGroupsIT::host).doesNotHaveDuplicates();
    }

    @Test
    void aClusterIsOnOneHostWhileItHasRoom() {
        create(PlacementStrategy.CLUSTER, null);
        var first = run(into(null).counts(2, 2));
        var second = run(into(null));
        assertThat(first).extracting(PlacementGroupsIT::host).containsOnly(host(second.getFirst()));
    }

    @Test
    void anInstanceTellsItsGroupAndPartition() {
        create(PlacementStrategy.PARTITION, 7);
        var instance = run(into(5)).getFirst();
        assertThat(group(instance).name()).isEqualTo("ring");
        assertThat(group(instance).partition()).isEqualTo(5);
        var spec = document(instance);
        assertThat(spec.metadata().placementGroup()).isEqualTo("ring");
        assertThat(spec.metadata().partition()).isEqualTo(5);
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> run(into(8)));
        refused(ErrorCode.PLACEMENT_GROUP_NOT_FOUND, () -> run(into(1).group("nobody", null)));
    }

    private InstanceSpec document(InstanceView instance) {
        return hosts.stream()
                .flatMap(h -> h.document(instance.id()).stream())
                .map(InstanceSpec.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupGoesWhenItsInstancesHave() {
        create(PlacementStrategy.SPREAD, null);
        refused(ErrorCode.PLACEMENT_GROUP_DUPLICATE, () -> create(PlacementStrategy.CLUSTER, null));
        run(into(null));
        refused(ErrorCode.PLACEMENT_GROUP_IN_USE, () -> groups.delete(caller, new GroupChoice.ByName("ring")));
        refused(
                ErrorCode.PLACEMENT_GROUP_NOT_FOUND,
                () -> groups.delete(world.tenant(), new GroupChoice.ByName("ring")));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> groups.create(caller, "big", PlacementStrategy.PARTITION, 8, null, Map.of()));
        refused(
                ErrorCode.INVALID_PARAMETER_COMBINATION,
                () -> groups.create(caller, "odd", PlacementStrategy.CLUSTER, 2, null, Map.of()));
        refused(
                ErrorCode.INVALID_PARAMETER_COMBINATION,
                () -> groups.create(caller, "odd", PlacementStrategy.PARTITION, 2, SpreadLevel.HOST, Map.of()));
    }
}
