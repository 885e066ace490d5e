package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.faults.Faults;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.history.Course;
import io.croft.controller.history.Courses;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.history.Step;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The life of instances on two hosts on which nothing goes wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaunchClusterIT {
    private final Cluster cluster = Cluster.start();

    @BeforeAll
    void hosts() {
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    @Test
    void instancesLiveOnBothHostsAndLeaveNothing() {
        var tenant = cluster.tenant();
        var ids = cluster.launch(tenant, cluster.image(tenant), 6);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        assertThat(cluster.show(tenant, ids).stream().map(InstanceView::host).collect(Collectors.toSet()))
                .hasSize(2);
        cluster.awaitSettled();

        cluster.instances().stop(tenant, ids.subList(0, 3), false);
        cluster.instances().stop(tenant, ids.subList(3, 4), true);
        cluster.await(tenant, ids.subList(0, 4), InstanceState.STOPPED);
        assertThat(cluster.show(tenant, ids.getFirst()).interfaces().getFirst().publicAddress())
                .isNull();
        cluster.awaitSettled();

        cluster.instances().start(tenant, ids.subList(0, 4));
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();

        cluster.instances().terminate(tenant, ids);
        cluster.await(tenant, ids, InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    /** Of a launch by REST, as a client sees it, and of a start after it. */
    @Test
    void aLaunchAndAStartTellWhereTheirTimeWent() {
        var tenant = cluster.tenant();
        var launched = Instant.now();
        var client = cluster.restClient(tenant);
        var answer = client.post(
                "/v1/instances", "{\"imageId\":\"%s\",\"instanceType\":\"t3.nano\"}".formatted(cluster.image(tenant)));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        var id = new InstanceId(answer.body().get("targets").get(0).asString());
        var ids = List.of(id);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        var launch = courses(tenant, id, 1).getFirst();
        assertThat(launch.reached()).isBetween(launched, Instant.now());
        assertThat(alone(launch))
                .extracting(Step::name)
                .containsExactly(
                        "request", "commit", "stream", "network", "store", "work", "report", "visible", "whole");
        assertWhole(launch);
        assertThat(calls(launch)).contains("ApplyFirewall", "EnsureVolume", "Plug", "StartMachine");
        assertThat(launch.steps())
                .filteredOn(s -> s.name().equals("StartMachine"))
                .extracting(Step::where)
                .containsExactly("instance/" + id);

        cluster.instances().stop(tenant, ids, true);
        cluster.await(tenant, ids, InstanceState.STOPPED);
        cluster.instances().start(tenant, ids);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        var start = courses(tenant, id, 2).getLast();
        assertThat(alone(start))
                .as("no edge was asked")
                .extracting(Step::name)
                .containsExactly("commit", "stream", "network", "store", "work", "report", "visible", "whole");
        assertWhole(start);
        assertThat(calls(start)).contains("StartMachine").doesNotContain("EnsureVolume");

        var meters = cluster.bean(MeterRegistry.class).find("croft.compute.launch.steps");
        assertThat(meters.tag("step", "request").timers())
                .as("of launches alone, and of no instance")
                .singleElement()
                .satisfies(timer -> assertThat(timer.getId().getTags()).hasSize(1))
                .satisfies(timer ->
                        assertThat(timer.takeSnapshot().histogramCounts()).isNotEmpty());
        cluster.instances().terminate(tenant, ids);
        cluster.await(tenant, ids, InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    private List<Course> courses(Caller tenant, InstanceId id, int count) {
        return await().atMost(Duration.ofSeconds(10))
                .until(() -> cluster.bean(Courses.class).of(tenant.account(), id.value()), c -> c.size() == count);
    }

    /** The steps that follow one another. */
    private static List<Step> alone(Course course) {
        return course.steps().stream().filter(s -> s.within() == null).toList();
    }

    private static List<String> calls(Course course) {
        return course.steps().stream()
                .filter(s -> s.within() != null)
                .map(Step::name)
                .toList();
    }

    /** Each begins where the one before ends, and together they are the whole. */
    private static void assertWhole(Course course) {
        var alone = alone(course);
        var end = Duration.ZERO;
        for (var step : alone.subList(0, alone.size() - 1)) {
            assertThat(step.from()).isEqualTo(end);
            assertThat(step.took()).isGreaterThanOrEqualTo(Duration.ZERO);
            end = end.plus(step.took());
        }
        assertThat(alone.getLast().took()).isEqualTo(end).isPositive();
        var work =
                alone.stream().filter(s -> s.name().equals("work")).findFirst().orElseThrow();
        assertThat(course.steps())
                .filteredOn(s -> "work".equals(s.within()))
                .allSatisfy(s -> assertThat(s.from().plus(s.took()))
                        .isBetween(work.from(), work.from().plus(work.took())));
    }

    @Test
    void aRebootTheConsoleAndTheScreenReachTheMachine() {
        var tenant = cluster.tenant();
        var id = cluster.launch(tenant, cluster.image(tenant), 1).getFirst();
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        var console = Objects.requireNonNull(cluster.verbs().console(tenant, id).output());
        assertThat(new String(Base64.getDecoder().decode(console), StandardCharsets.UTF_8))
                .startsWith("booting");
        var screen = cluster.verbs().screenshot(tenant, id, true).orElseThrow();
        assertThat(new String(Base64.getDecoder().decode(screen), StandardCharsets.ISO_8859_1))
                .startsWith("\u0089PNG");

        cluster.verbs().reboot(tenant, List.of(id));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> cluster.bean(History.class).of(tenant.account(), id.value()).stream()
                        .anyMatch(e -> e.event().equals("reboot done")));
        assertThat(cluster.bean(History.class).of(tenant.account(), id.value()))
                .as("who only looked changed nothing")
                .extracting(HistoryEntry::event)
                .contains("wake screenshot done")
                .noneMatch(e -> e.startsWith("console output") || e.startsWith("screenshot"));
        assertThat(cluster.show(tenant, id).state()).isEqualTo(InstanceState.RUNNING);
        cluster.instances().terminate(tenant, List.of(id));
        cluster.await(tenant, List.of(id), InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    /** The agent's reply is lost once, and the machine crashes before it is saved. */
    @Test
    void hibernatedMachinesGoOnAndCrashedOnesSaySo() {
        var tenant = cluster.tenant();
        var ids = cluster.launch(
                tenant, LaunchRequests.of(cluster.image(tenant)).counts(2, 2).hibernation());
        cluster.await(tenant, ids, InstanceState.RUNNING);
        var kept = ids.getFirst();
        var lost = ids.getLast();
        var lostReply = new Faults.Fault.FailAfter(new HypervisorException("libvirtd went away", null));
        cluster.host(cluster.show(tenant, kept)).drivers().machineFaults().next("hibernate", lostReply);
        cluster.instances().hibernate(tenant, List.of(kept));
        cluster.await(tenant, List.of(kept), InstanceState.STOPPED);
        assertThat(reason(tenant, kept)).isEqualTo("Client.UserInitiatedHibernate");

        var machines = cluster.host(cluster.show(tenant, lost)).drivers();
        var untilItCrashed = new CountDownLatch(1);
        machines.machineFaults().next("hibernate", new Faults.Fault.Hang(untilItCrashed));
        cluster.instances().hibernate(tenant, List.of(lost));
        machines.hypervisor().crash(lost);
        untilItCrashed.countDown();
        cluster.await(tenant, List.of(lost), InstanceState.STOPPED);
        assertThat(reason(tenant, lost)).isEqualTo("Server.InternalError");

        cluster.instances().start(tenant, ids);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        assertThat(boots(tenant, kept)).isEqualTo(1);
        assertThat(boots(tenant, lost)).isEqualTo(2);
        cluster.instances().hibernate(tenant, ids);
        cluster.await(tenant, ids, InstanceState.STOPPED);
        cluster.instances().terminate(tenant, ids);
        cluster.await(tenant, ids, InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    private String reason(Caller tenant, InstanceId id) {
        return Objects.requireNonNull(cluster.show(tenant, id).stateReason()).code();
    }

    /** How often the guest booted, by what it said. */
    private long boots(Caller tenant, InstanceId id) {
        var console = Objects.requireNonNull(cluster.verbs().console(tenant, id).output());
        return new String(Base64.getDecoder().decode(console), StandardCharsets.UTF_8)
                .lines()
                .filter("booting"::equals)
                .count();
    }

    @Test
    void aGuestThatPowersItselfOffStaysOff() {
        var tenant = cluster.tenant();
        var id = cluster.launch(tenant, cluster.image(tenant), 1).getFirst();
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        cluster.host(cluster.show(tenant, id)).drivers().hypervisor().guestPowersOff(id);
        cluster.await(tenant, List.of(id), InstanceState.STOPPED);
        cluster.awaitSettled();
        cluster.instances().terminate(tenant, List.of(id));
        cluster.await(tenant, List.of(id), InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    @Test
    void aGuestThatPowersItselfOffEndsWhenItsOwnerSaysSo() {
        var tenant = cluster.tenant();
        var id = cluster.launch(tenant, cluster.image(tenant), 1).getFirst();
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        var host = cluster.host(cluster.show(tenant, id));
        cluster.instances().modify(tenant, id, new InstanceChange.OnShutdown(ShutdownBehavior.TERMINATE));
        cluster.instances().modify(tenant, id, new InstanceChange.TerminationProtection(true));
        host.drivers().hypervisor().guestPowersOff(id);
        cluster.await(tenant, List.of(id), InstanceState.TERMINATED);
        assertThat(Objects.requireNonNull(cluster.show(tenant, id).stateReason())
                        .code())
                .isEqualTo("Client.InstanceInitiatedShutdown");
        cluster.awaitEmpty();
    }

    @Test
    void aChangeThatCrossesAGuestsPowerOffDoesNotStartItAgain() {
        var tenant = cluster.tenant();
        var ids = cluster.launch(tenant, cluster.image(tenant), 4);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        for (var id : ids) {
            var host = cluster.host(cluster.show(tenant, id));
            host.drivers().hypervisor().guestPowersOff(id);
            try {
                cluster.instances().modifyMetadata(tenant, id, new MetadataChange(null, false, 7, null));
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_INSTANCE_STATE);
            }
        }
        cluster.await(tenant, ids, InstanceState.STOPPED);
        cluster.awaitSettled();
        cluster.instances().start(tenant, ids);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.instances().terminate(tenant, ids);
        cluster.await(tenant, ids, InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    @Test
    void aRunningInstanceTakesItsNewGroupsAndOptions() {
        var tenant = cluster.tenant();
        var id = cluster.launch(tenant, cluster.image(tenant), 1).getFirst();
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        var group = cluster.bean(SecurityGroups.class).create(tenant, "later", "later", null, Map.of());
        cluster.instances().modify(tenant, id, new InstanceChange.Groups(List.of(group)));
        cluster.instances().modifyMetadata(tenant, id, new MetadataChange(null, false, 7, null));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cluster.show(tenant, id).metadataInForce());
        cluster.awaitSettled();
        assertThat(cluster.show(tenant, id).state()).isEqualTo(InstanceState.RUNNING);
        cluster.instances().terminate(tenant, List.of(id));
        cluster.await(tenant, List.of(id), InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }
}
