package io.croft.controller.compute.capacityreservation;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Resources;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.types.CapacityReservationId;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is set aside is there for those that it was set aside for, and for nobody else, whatever hosts do. */
@ComputeTest
class CapacityReservationsIT {
    /** What a t3.nano takes. */
    private static final long VCPUS = 2;

    private static final Resources NANO = new Resources((int) VCPUS, 512L << 20, 0);

    @Autowired
    ComputeWorld world;

    @Autowired
    CapacityReservations reservations;

    @Autowired
    ReservationUpkeep upkeep;

    @Autowired
    Launches launches;

    @Autowired
    Instances instances;

    @Autowired
    LostHosts lost;

    @Autowired
    Capacity capacity;

    @Autowired
    Quotas quotas;

    @Autowired
    InstanceTypes types;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;
    private Caller other;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        other = world.tenant();
        image = world.image();
        host = world.onlyHost(1);
    }

    /** An older reservation would be made whole on the next test's hosts. */
    @AfterEach
    void end() {
        reservations.endHoldings(caller.account());
        assertThat(reservations.holdings(caller.account())).isEmpty();
    }

    private CapacityReservationId reserve(int count, boolean targeted) {
        return reservations
                .create(caller, wish("t3.nano", count, targeted), null)
                .id();
    }

    private static CapacityReservations.Wish wish(String type, int count, boolean targeted) {
        return new CapacityReservations.Wish(type, "us-east-1a", count, targeted, null, Map.of());
    }

    private List<InstanceView> run(Caller who, LaunchRequests request) {
        return launches.run(who, request.build()).instances();
    }

    private InstanceView run(Caller who, String choice) {
        return run(who, LaunchRequests.of(image).capacity(choice)).getFirst();
    }

    private InstanceView shown(InstanceView instance) {
        return instances.require(caller, instance.id());
    }

    private void has(CapacityReservationId id, int total, int available, int used) {
        var shown = reservations.require(caller, id);
        assertThat(List.of(shown.total(), shown.available(), shown.used())).isEqualTo(List.of(total, available, used));
    }

    private void insufficient(Caller who, String choice) {
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> run(who, choice));
    }

    private void exceeded(String choice) {
        refused(ErrorCode.RESERVATION_CAPACITY_EXCEEDED, () -> run(caller, choice));
    }

    @Test
    void nobodyElseTakesWhatIsSetAside() {
        var id = reserve(1, false);
        assertThat(host.claimed().getFirst()).isEqualTo(VCPUS);
        assertThat(run(other, "open").capacityReservation()).isNull();
        insufficient(other, "open");
        insufficient(caller, "none");
        has(id, 1, 1, 0);
        var own = run(caller, "open");
        assertThat(own.capacityReservation()).isEqualTo(id.value());
        assertThat(host.claimed().getFirst()).isEqualTo(2 * VCPUS);
        has(id, 1, 0, 1);
        insufficient(caller, "open");
        host.converge();
        instances.terminate(caller, List.of(own.id()));
        insufficient(other, "open");
        host.converge();
        has(id, 1, 1, 0);
        insufficient(other, "open");
        assertThat(shown(own).capacityReservation()).isNull();
    }

    @Test
    void aStoppedInstancesShareIsAnybodysAndItsOwnAgain() {
        var id = reserve(2, false);
        var instance = run(caller, "open");
        host.converge();
        for (var i = 0; i < 3; i++) {
            has(id, 2, 1, 1);
            instances.stop(caller, List.of(instance.id()), false);
            host.converge();
            has(id, 2, 2, 0);
            instances.start(caller, List.of(instance.id()));
            host.converge();
        }
        instances.terminate(caller, List.of(instance.id()));
        host.converge();
        has(id, 2, 2, 0);
    }

    @Test
    void nothingIsDrawnOfAHostThatHasLessThanIsClaimed() {
        var id = reserve(2, false);
        jdbc.sql("UPDATE host_capacity SET vcpus = claimed_vcpus - 1 WHERE host = :id")
                .param("id", host.id().value())
                .update();
        has(id, 2, 0, 0);
        insufficient(caller, "open");
    }

    @Test
    void onlyThoseThatNameATargetedOneAreInIt() {
        var id = reserve(1, true);
        run(caller, "open");
        insufficient(caller, "open");
        exceeded("capacity-reservations-only");
        refused(
                ErrorCode.RESERVATION_CAPACITY_EXCEEDED,
                () -> run(caller, LaunchRequests.of(image).capacity(id.value()).counts(2, 2)));
        refused(ErrorCode.CAPACITY_RESERVATION_NOT_FOUND, () -> run(other, id.value()));
        assertThat(run(caller, LaunchRequests.of(image).capacity(id.value()).counts(1, 5)))
                .singleElement()
                .satisfies(i -> assertThat(i.capacityReservation()).isEqualTo(id.value()));
        exceeded(id.value());
    }

    @Test
    void aLaunchTakesWhatIsFreeWhenNothingIsLeft() {
        var id = reserve(1, false);
        assertThat(run(caller, LaunchRequests.of(image).counts(2, 2)))
                .extracting(i -> Optional.ofNullable(i.capacityReservation()))
                .containsExactlyInAnyOrder(Optional.of(id.value()), Optional.empty());
    }

    @Test
    void claimsNeverExceedCapacityHoweverManyLaunchAtOnce() throws InterruptedException, ExecutionException {
        world.anotherHost(1);
        world.anotherHost(1);
        var id = reserve(3, true);
        Stream<Callable<Integer>> race = IntStream.range(0, 8)
                .boxed()
                .flatMap(_ -> Stream.of(() -> tries(caller, id.value()), () -> tries(other, "open")));
        var launched = 0;
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : pool.invokeAll(race.toList())) {
                launched += result.get();
            }
        }
        assertThat(launched).isEqualTo(6);
        has(id, 3, 0, 3);
        assertThat(jdbc.sql("SELECT count(*) FROM host_capacity WHERE claimed_vcpus > vcpus")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private int tries(Caller who, String choice) {
        try {
            return run(who, choice) == null ? 0 : 1;
        } catch (CloudException e) {
            assertThat(e.code())
                    .isIn(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, ErrorCode.RESERVATION_CAPACITY_EXCEEDED);
            return 0;
        }
    }

    @Test
    void growsAndShrinksButNotBelowWhatIsUsed() {
        var id = reserve(1, false);
        refused(
                ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY,
                () -> reservations.create(caller, wish("t3.nano", 2, false), null));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> reserve(0, false));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> reserve(1001, false));
        resize(id, 2);
        has(id, 2, 2, 0);
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> resize(id, 3));
        run(caller, LaunchRequests.of(image).counts(2, 2));
        refused(ErrorCode.RESERVATION_CAPACITY_EXCEEDED, () -> resize(id, 1));
        refused(
                ErrorCode.INCORRECT_STATE,
                () -> reservations.modify(caller, id, new CapacityReservations.Change(null, true, null), _ -> true));
        refused(
                ErrorCode.CAPACITY_RESERVATION_NOT_FOUND,
                () -> reservations.modify(other, id, new CapacityReservations.Change(1, null, null), _ -> true));
    }

    @Test
    void whatShrinksIsFreeAgain() {
        var id = reserve(2, true);
        insufficient(other, "open");
        resize(id, 1);
        run(other, "open");
        has(id, 1, 1, 0);
    }

    private void resize(CapacityReservationId id, int count) {
        reservations.modify(caller, id, new CapacityReservations.Change(count, null, null), _ -> true);
    }

    @Test
    void instancesOutliveTheirReservation() {
        var id = reserve(2, false);
        var instance = run(caller, id.value());
        host.converge();
        reservations.cancel(caller, id);
        has(id, 2, 0, 0);
        assertThat(reservations.require(caller, id).state()).isEqualTo(CapacityReservationView.State.CANCELLED);
        assertThat(shown(instance).capacityReservation()).isNull();
        assertThat(host.claimed().getFirst()).isEqualTo(VCPUS);
        refused(ErrorCode.INCORRECT_STATE, () -> reservations.cancel(caller, id));
        refused(ErrorCode.INCORRECT_STATE, () -> resize(id, 1));
        exceeded(id.value());
        instances.terminate(caller, List.of(instance.id()));
        host.converge();
        assertThat(host.claimed().getFirst()).isZero();
        jdbc.sql("UPDATE capacity_reservation SET ended = now() - interval '61 minutes' WHERE id = :id")
                .param("id", id.value())
                .update();
        upkeep.pass();
        refused(ErrorCode.CAPACITY_RESERVATION_NOT_FOUND, () -> reservations.require(caller, id));
    }

    @Test
    void endsOnItsEndDate() {
        var id = reserve(2, false);
        var instance = run(caller, "open");
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> reservations.modify(
                        caller,
                        id,
                        new CapacityReservations.Change(null, null, new CapacityReservations.End(Instant.EPOCH)),
                        _ -> true));
        jdbc.sql("UPDATE capacity_reservation SET end_date = now() - interval '1 second' WHERE id = :id")
                .param("id", id.value())
                .update();
        upkeep.pass();
        await().untilAsserted(() ->
                assertThat(reservations.require(caller, id).state()).isEqualTo(CapacityReservationView.State.EXPIRED));
        has(id, 2, 0, 0);
        assertThat(shown(instance).capacityReservation()).isNull();
        run(other, "open");
    }

    @AfterAll
    static void allTransitions() {
        assertThat(CapacityReservationTransitions.TABLE.unvisited()).isEmpty();
    }

    @Test
    void whatALostHostHadMovesWhereThereIsRoom() {
        var id = reserve(2, false);
        var second = world.anotherHost(1);
        var others = run(other, LaunchRequests.of(image).counts(2, 2));
        host.vanish(_ -> {}, transaction);
        has(id, 2, 0, 0);
        upkeep.pass();
        has(id, 2, 0, 0);
        exceeded(id.value());
        second.converge();
        instances.terminate(other, List.of(others.getFirst().id()));
        second.converge();
        upkeep.pass();
        await().untilAsserted(() -> has(id, 2, 1, 0));
        assertThat(host.claimed().getFirst()).isEqualTo(VCPUS);
        host.comeUp();
        has(id, 2, 2, 0);
        assertThat(second.claimed().getFirst()).isEqualTo(2 * VCPUS);
    }

    /** The claims are its pool's again, on the host that is dead, and so not told as available until they have moved. */
    @Test
    void whatEndsBehindAFenceIsTheReservationsAgain() {
        var id = reserve(2, false);
        var ended = run(caller, "open");
        var stopped = run(caller, "open");
        host.converge();
        host.vanish(_ -> {}, transaction);
        instances.terminate(caller, List.of(ended.id()));
        instances.stop(caller, List.of(stopped.id()), true);
        has(id, 2, 0, 2);
        lost.confirmDead(host.id());
        has(id, 2, 0, 0);
        assertThat(host.claimed().getFirst()).isEqualTo(2 * VCPUS);
        var second = world.anotherHost(1);
        upkeep.pass();
        await().untilAsserted(() -> has(id, 2, 2, 0));
        assertThat(host.claimed().getFirst()).isZero();
        host.comeUp();
        has(id, 2, 2, 0);
        host.passFence();
        host.converge();
        has(id, 2, 2, 0);
        assertThat(host.claimed().getFirst()).isZero();
        assertThat(second.claimed().getFirst()).isEqualTo(2 * VCPUS);
    }

    @Test
    void whatACordonedHostHasIsUsedAgainWhenItIsNot() {
        var id = reserve(2, false);
        var instance = run(caller, "open");
        cordon("'drained'");
        has(id, 2, 0, 1);
        insufficient(caller, "open");
        cordon("NULL");
        has(id, 2, 1, 1);
        cordon("'drained'");
        world.anotherHost(1);
        upkeep.pass();
        await().untilAsserted(() -> has(id, 2, 1, 1));
        assertThat(host.claimed().getFirst()).isEqualTo(VCPUS);
        host.converge();
        instances.terminate(caller, List.of(instance.id()));
        host.converge();
        upkeep.pass();
        await().untilAsserted(() -> has(id, 2, 2, 0));
        assertThat(host.claimed().getFirst()).isZero();
    }

    private void cordon(String reason) {
        jdbc.sql("UPDATE host SET cordon = " + reason + " WHERE id = :id")
                .param("id", host.id().value())
                .update();
    }

    @Test
    void aStartedInstanceIsInItsReservationAgain() {
        var id = reserve(1, true);
        var instance = run(caller, id.value());
        stop(instance);
        has(id, 1, 1, 0);
        instances.start(caller, List.of(instance.id()));
        assertThat(shown(instance).capacityReservation()).isEqualTo(id.value());
        has(id, 1, 0, 1);
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> choose(instance.id(), "none"));
        host.converge();
        stop(instance);
        refused(ErrorCode.CAPACITY_RESERVATION_NOT_FOUND, () -> choose(instance.id(), "cr-0123456789abcdef0"));
        choose(instance.id(), "none");
        instances.start(caller, List.of(instance.id()));
        assertThat(shown(instance).capacityReservation()).isNull();
        assertThat(host.claimed().getFirst()).isEqualTo(2 * VCPUS);
    }

    private void stop(InstanceView instance) {
        host.converge();
        instances.stop(caller, List.of(instance.id()), false);
        host.converge();
    }

    private void choose(InstanceId id, String choice) {
        instances.modify(caller, id, new InstanceChange.Capacity(new CapacityChoice(choice)));
    }

    @Test
    void whatIsSetAsideFollowsAnInstanceThatCannotMove() {
        var instance = run(caller, "none");
        stop(instance);
        cordon("'full'");
        var second = world.anotherHost(1);
        var id = reserve(1, true);
        cordon("NULL");
        choose(instance.id(), id.value());
        instances.start(caller, List.of(instance.id()));
        assertThat(shown(instance).capacityReservation()).isEqualTo(id.value());
        has(id, 1, 0, 1);
        assertThat(second.claimed().getFirst()).isZero();
        assertThat(host.claimed().getFirst()).isEqualTo(VCPUS);
    }

    @Test
    void countsOnceInTheQuota() {
        quotas.set(caller.account(), Quota.VCPUS, VCPUS);
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> reserve(2, false));
        reserve(1, false);
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(caller, "none"));
        var instance = run(caller, "open");
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(caller, "open"));
        stop(instance);
        instances.start(caller, List.of(instance.id()));
        assertThat(shown(instance).capacityReservation()).isNotNull();
    }

    @Test
    void countsInTheQuotaUntilItsInstanceIsGone() {
        quotas.set(caller.account(), Quota.VCPUS, VCPUS);
        reserve(1, false);
        var instance = run(caller, "open");
        host.converge();
        instances.terminate(caller, List.of(instance.id()));
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(caller, "none"));
        host.converge();
        refused(ErrorCode.VCPU_LIMIT_EXCEEDED, () -> run(caller, "none"));
    }

    @Test
    void whoNamesOneStartsInItBesideWhoNamesNone() {
        var id = reserve(1, false);
        var open = run(caller, "open");
        stop(open);
        var named = run(caller, id.value());
        stop(named);
        instances.start(caller, List.of(open.id(), named.id()));
        assertThat(shown(named).capacityReservation()).isEqualTo(id.value());
        assertThat(shown(open).capacityReservation()).isNull();
    }

    @Test
    void whatIsOfAnotherSizeThanTheTypeIsNowIsNotForItsInstances() {
        var operator = new Caller(
                caller.account(), "operator", Caller.Role.OPERATOR, caller.requestId(), caller.sourceAddress());
        types.define(operator, new InstanceTypeView("resized.tiny", 2, 1, 512, "x86_64", false, 2));
        var id = reservations
                .create(caller, wish("resized.tiny", 1, false), null)
                .id();
        types.define(operator, new InstanceTypeView("resized.tiny", 2, 1, 256, "x86_64", false, 2));
        var launched =
                run(caller, LaunchRequests.of(image).type("resized.tiny")).getFirst();
        assertThat(launched.capacityReservation()).isNull();
        has(id, 1, 1, 0);
    }

    @Test
    void isMadeOnceForATokenAndWholeOrNotAtAll() {
        var wish = wish("t3.nano", 1, false);
        var first = reservations.create(caller, wish, "token").id();
        assertThat(reservations.create(caller, wish, "token").id()).isEqualTo(first);
        refused(
                ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH,
                () -> reservations.create(caller, wish("t3.nano", 2, false), "token"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> reservations.create(caller, wish("t9.huge", 1, false), null));
        assertThat(host.claimed().getFirst()).isEqualTo(VCPUS);
    }

    @Test
    void staysThroughARestoreOfItsHost() {
        var id = reserve(2, false);
        var instance = run(caller, "open");
        transaction.executeWithoutResult(_ -> capacity.replace(host.id(), List.of(new Claim(instance.id(), NANO))));
        has(id, 2, 1, 1);
        assertThat(host.claimed().getFirst()).isEqualTo(2 * VCPUS);
        transaction.executeWithoutResult(_ -> capacity.replace(host.id(), List.of()));
        has(id, 2, 2, 0);
        assertThat(host.claimed()).isEqualTo(List.of(2 * VCPUS, 2 * NANO.memoryBytes(), 0L));
        assertThat(Objects.requireNonNull(shown(instance)).capacityReservation())
                .isNull();
    }
}
