package io.croft.controller.compute.launch;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.network.securitygroup.GroupReference.ById;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.QuotaView;
import io.croft.controller.quota.Quotas;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ComputeTest
class QuotasIT {
    private static final int STEPS = 60;
    private static final int LAUNCHES = 100;

    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    SecurityGroups groups;

    @Autowired
    Quotas quotas;

    @Autowired
    JdbcClient database;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(16);
    }

    private LaunchRequests request() {
        return LaunchRequests.of(image);
    }

    private List<InstanceView> run(LaunchRequests request) {
        return launches.run(caller, request.build()).instances();
    }

    private void limit(Quota quota, long most) {
        assertThat(quotas.set(caller.account(), quota, most).limit()).isEqualTo(most);
    }

    private Map<Quota, QuotaView> quotas() {
        return quotas.list(caller.account()).stream().collect(Collectors.toMap(QuotaView::quota, Function.identity()));
    }

    private QuotaView view(Quota quota) {
        return Objects.requireNonNull(quotas().get(quota));
    }

    private long used(Quota quota) {
        return Objects.requireNonNull(view(quota).used());
    }

    @Test
    void eachLimitHasEc2sNameAndIsTheOperatorsToSet() {
        for (var quota : List.of(
                Quota.INSTANCES,
                Quota.VCPUS,
                Quota.MEMORY_MIB,
                Quota.VOLUMES,
                Quota.VOLUME_GIB,
                Quota.NETWORK_INTERFACES)) {
            limit(quota, 0);
            refused(expected(quota), () -> run(request()));
            assertThat(view(quota).set()).isTrue();
            assertThat(quotas.reset(caller.account(), quota).set()).isFalse();
        }
        assertThat(instances.describe(caller, Query.ALL).items()).isEmpty();
        assertThat(host.documents()).isEmpty();
        assertThat(run(request())).hasSize(1);
        limit(Quota.SECURITY_GROUPS, used(Quota.SECURITY_GROUPS));
        refused(ErrorCode.SECURITY_GROUP_LIMIT_EXCEEDED, () -> groups.create(caller, "one-more", "x", null, Map.of()));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> quotas.set(caller.account(), Quota.VCPUS, -1));
    }

    private static ErrorCode expected(Quota quota) {
        return switch (quota) {
            case INSTANCES, MEMORY_MIB -> ErrorCode.INSTANCE_LIMIT_EXCEEDED;
            case VCPUS -> ErrorCode.VCPU_LIMIT_EXCEEDED;
            case VOLUMES, VOLUME_GIB -> ErrorCode.VOLUME_LIMIT_EXCEEDED;
            case SNAPSHOTS -> ErrorCode.SNAPSHOT_LIMIT_EXCEEDED;
            case ADDRESSES -> ErrorCode.ADDRESS_LIMIT_EXCEEDED;
            case NETWORK_INTERFACES -> ErrorCode.NETWORK_INTERFACE_LIMIT_EXCEEDED;
            case SECURITY_GROUPS -> ErrorCode.SECURITY_GROUP_LIMIT_EXCEEDED;
            case RULES_PER_SECURITY_GROUP -> ErrorCode.RULE_LIMIT_EXCEEDED;
            case VPCS -> ErrorCode.VPC_LIMIT_EXCEEDED;
            case SUBNETS_PER_VPC -> ErrorCode.SUBNET_LIMIT_EXCEEDED;
            case INTERNET_GATEWAYS -> ErrorCode.INTERNET_GATEWAY_LIMIT_EXCEEDED;
            case ROUTE_TABLES_PER_VPC -> ErrorCode.ROUTE_TABLE_LIMIT_EXCEEDED;
            case ROUTES_PER_ROUTE_TABLE -> ErrorCode.ROUTE_LIMIT_EXCEEDED;
            case NETWORK_ACLS_PER_VPC -> ErrorCode.NETWORK_ACL_LIMIT_EXCEEDED;
            case ENTRIES_PER_NETWORK_ACL -> ErrorCode.NETWORK_ACL_ENTRY_LIMIT_EXCEEDED;
        };
    }

    @Test
    void asManyAreLaunchedAsTheQuotaAllows() {
        limit(Quota.VCPUS, 7);
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(request().counts(4, 5)));
        assertThat(run(request().counts(2, 5))).hasSize(3);
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(request()));
    }

    @Test
    void aStoppedInstanceTakesNoProcessorAndIsStartedOnlyWhenThereIsOne() {
        limit(Quota.VCPUS, 2);
        var first = run(request()).getFirst().id();
        host.converge();
        instances.stop(caller, List.of(first), false);
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(request()));
        host.converge();
        var second = run(request()).getFirst().id();

        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> instances.start(caller, List.of(first)));
        world.assertState(caller, first, InstanceState.STOPPED);
        assertThat(used(Quota.INSTANCES)).isEqualTo(2);

        instances.terminate(caller, List.of(second));
        host.converge();
        instances.start(caller, List.of(first));
        assertThat(used(Quota.VCPUS)).isEqualTo(2);
    }

    @Test
    void publicAddressesThatNobodyAskedForStopAtTheQuotaAndOthersAreRefused() {
        limit(Quota.ADDRESSES, 0);
        assertThat(run(request().counts(2, 2)))
                .allMatch(i -> i.interfaces().getFirst().publicAddress() == null);
        refused(ErrorCode.ADDRESS_LIMIT_EXCEEDED, () -> run(request().publicAddress(true)));
        assertThat(run(request().publicAddress(false))).hasSize(1);
    }

    @Test
    void useIsTheSumOfWhatThereIs() {
        limit(Quota.INSTANCES, 12);
        limit(Quota.VCPUS, 16);
        limit(Quota.ADDRESSES, 5);
        limit(Quota.SECURITY_GROUPS, 4);
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var step = 0; step < STEPS; step++) {
            attempt(random);
            assertThat(counted("seed %s, step %s".formatted(seed, step))).isEqualTo(expectedUse());
        }
    }

    private void attempt(Random random) {
        var all = instances.describe(caller, Query.ALL).items().stream()
                .map(InstanceView::id)
                .toList();
        try {
            switch (random.nextInt(8)) {
                case 0, 1 -> run(request().counts(1, random.nextInt(1, 4)));
                case 2 -> instances.stop(caller, some(random, all), random.nextBoolean());
                case 3 -> instances.start(caller, some(random, all));
                case 4 -> instances.terminate(caller, some(random, all));
                case 5 -> groups.create(caller, "g" + random.nextInt(6), "x", null, Map.of());
                case 6 -> groups.delete(caller, new ById(group(random)));
                default -> host.converge();
            }
        } catch (CloudException e) {
            assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL_ERROR);
        }
    }

    private static List<InstanceId> some(Random random, List<InstanceId> all) {
        return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
    }

    private SecurityGroupId group(Random random) {
        var all = groups.describe(caller, Query.ALL).items();
        return all.get(random.nextInt(all.size())).id();
    }

    private Map<Quota, Long> counted(String context) {
        var used = new EnumMap<Quota, Long>(Quota.class);
        quotas().forEach((quota, view) -> {
            if (view.used() != null) {
                used.put(quota, view.used());
                assertThat(view.used()).as("%s, %s", context, quota.key()).isLessThanOrEqualTo(view.limit());
            }
        });
        return used;
    }

    private Map<Quota, Long> expectedUse() {
        var live = instances.describe(caller, Query.ALL).items().stream()
                .filter(i -> i.state() != InstanceState.TERMINATED)
                .toList();
        var on = live.stream()
                .filter(i -> i.state() != InstanceState.STOPPED && i.state() != InstanceState.SHUTTING_DOWN)
                .toList();
        var interfaces = live.stream().flatMap(i -> i.interfaces().stream()).toList();
        var used = new EnumMap<Quota, Long>(Quota.class);
        used.put(Quota.INSTANCES, (long) live.size());
        used.put(Quota.VCPUS, on.size() * 2L);
        used.put(Quota.MEMORY_MIB, on.size() * 512L);
        used.put(Quota.VOLUMES, rows("volume"));
        used.put(Quota.VOLUME_GIB, rows("volume") * 2);
        used.put(Quota.SNAPSHOTS, 0L);
        used.put(Quota.NETWORK_INTERFACES, (long) interfaces.size());
        used.put(
                Quota.ADDRESSES,
                interfaces.stream().filter(i -> i.publicAddress() != null).count());
        used.put(Quota.VPCS, 1L);
        used.put(Quota.INTERNET_GATEWAYS, 1L);
        used.put(Quota.SECURITY_GROUPS, (long)
                groups.describe(caller, Query.ALL).items().size());
        return used;
    }

    private long rows(String table) {
        return database.sql("SELECT count(*) FROM " + table + " WHERE account = ?")
                .param(caller.account().value())
                .query(Long.class)
                .single();
    }

    @Test
    void whatIsStoppedAndThenEndedTakesNoCpusOnItsWay() {
        limit(Quota.VCPUS, 2);
        var stopped = run(request()).getFirst().id();
        host.converge();
        instances.stop(caller, List.of(stopped), false);
        host.converge();
        run(request());
        instances.terminate(caller, List.of(stopped));
        assertThat(used(Quota.VCPUS)).isEqualTo(2);
    }

    @Test
    void aHundredLaunchesAtOnceFillTheHostAndNoMore() throws Exception {
        var neighbour = world.tenant();
        launches.run(neighbour, request().counts(12, 12).build());
        assertThat(launchAtOnce(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY)).isEqualTo(20);
        assertExact(20, 32);
    }

    @Test
    void aHundredLaunchesAtOnceFillTheQuotaAndNoMore() throws Exception {
        limit(Quota.VCPUS, 30);
        assertThat(launchAtOnce(ErrorCode.VCPU_LIMIT_EXCEEDED)).isEqualTo(15);
        assertExact(15, 15);
    }

    /** How many of the launches succeed; the others must fail with {@code code}. */
    private int launchAtOnce(ErrorCode code) throws Exception {
        Callable<Integer> launch = () -> {
            try {
                return run(request()).size();
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(code);
                return 0;
            }
        };
        var launched = 0;
        try (var threads = Executors.newFixedThreadPool(LAUNCHES)) {
            for (var done : threads.invokeAll(
                    IntStream.range(0, LAUNCHES).mapToObj(_ -> launch).toList())) {
                launched += done.get();
            }
        }
        return launched;
    }

    private void assertExact(int own, int all) {
        assertThat(host.claimed()).containsExactly(all * 2L, all * (512L << 20), all * (2L << 30));
        assertThat(counted("at the end")).isEqualTo(expectedUse());
        assertThat(used(Quota.INSTANCES)).isEqualTo(own);
        assertThat(rows("network_interface")).isEqualTo(own);
        var addresses = new ArrayList<String>();
        instances
                .describe(caller, Query.ALL)
                .items()
                .forEach(i -> i.interfaces().forEach(n -> addresses.add(n.privateAddress())));
        assertThat(addresses).hasSize(own).doesNotHaveDuplicates();
        assertThat(world.count("private_address p JOIN network_interface i ON i.id = p.interface AND i.account = '"
                        + caller.account() + "'"))
                .isEqualTo(own);
        assertThat(
                        world.count(
                                "(SELECT address FROM public_address WHERE retired_generation IS NULL GROUP BY 1 HAVING count(*) > 1) d"))
                .isZero();
    }
}
