package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.faults.Faults;
import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.hypervisor.HypervisorException;
import io.croft.agent.network.NetworkException;
import io.croft.agent.storage.StorageException;
import io.croft.controller.compute.instance.StateReason;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.protocol.Failure;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Launches that cannot work end in a clear state with a reason, and leave nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailedLaunchClusterIT {
    private static final String INTERNAL = "Server.InternalError";

    private final Cluster cluster = Cluster.start(
            "croft.launch.deadline=PT5S", "croft.fleet.suspect-after=17s", "croft.fleet.unreachable-after=19s");

    private final Caller tenant = cluster.tenant();
    private final ImageId image = cluster.image(tenant);

    @BeforeAll
    void hosts() {
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
    }

    @AfterEach
    void leavesNothing() {
        cluster.hosts().forEach(ClusterHost::heal);
        cluster.awaitEmpty();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    private static StorageException storage(Failure.Code code) {
        return new StorageException(new Failure(code, "simulated", false), null);
    }

    private InstanceId launch() {
        return cluster.launch(tenant, image, 1).getFirst();
    }

    private StateReason ended(InstanceId id) {
        cluster.await(tenant, List.of(id), InstanceState.TERMINATED);
        return Objects.requireNonNull(cluster.show(tenant, id).stateReason());
    }

    @Test
    void anImageWithoutBytesEndsTheLaunch() {
        cluster.hosts()
                .forEach(h -> h.drivers()
                        .imageFaults()
                        .always("require", new Fault.FailBefore(storage(Failure.Code.BLOB_MISSING))));
        assertThat(ended(launch()).code()).isEqualTo("Client.InvalidSnapshot.NotFound");
    }

    @Test
    void aFullDiskEndsTheLaunch() {
        cluster.hosts()
                .forEach(h -> h.drivers()
                        .volumeFaults()
                        .always("ensure", new Fault.FailBefore(storage(Failure.Code.DISK_FULL))));
        assertThat(ended(launch()).code()).isEqualTo("Server.InsufficientInstanceCapacity");
    }

    /** One host refuses, the other hangs; both are waited for at once. */
    @Test
    void aHypervisorThatRefusesOrHangsEndsTheLaunchAtItsDeadlineAndLeavesWhatHasRunStopped() {
        var old = cluster.launch(tenant, image, 2);
        cluster.await(tenant, old, InstanceState.RUNNING);
        cluster.instances().stop(tenant, old, false);
        cluster.await(tenant, old, InstanceState.STOPPED);
        var released = new CountDownLatch(1);
        machines(cluster.hosts().getFirst())
                .always("start", new Fault.FailBefore(new HypervisorException("simulated refusal", null)));
        machines(cluster.hosts().getLast()).always("start", new Fault.Hang(released));
        var fresh = cluster.launch(tenant, image, 2);
        cluster.instances().start(tenant, old);
        await().atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.show(tenant, fresh).stream().noneMatch(i -> i.state() == InstanceState.PENDING));
        await().atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.show(tenant, old).stream().noneMatch(i -> i.state() == InstanceState.PENDING));
        released.countDown();

        var overdue = new StateReason(INTERNAL, INTERNAL + ": The instance did not come up in time");
        fresh.forEach(id -> assertThat(ended(id)).isEqualTo(overdue));
        assertThat(fresh).anyMatch(id -> history(id).contains("simulated refusal"));
        cluster.hosts().forEach(ClusterHost::heal);
        cluster.await(tenant, old, InstanceState.STOPPED);
        assertThat(cluster.show(tenant, old))
                .allMatch(i -> overdue.equals(i.stateReason()) && i.volumes().size() == 1);
        cluster.awaitSettled();
        cluster.instances().start(tenant, old);
        cluster.await(tenant, old, InstanceState.RUNNING);
        cluster.instances().terminate(tenant, old);
    }

    private static Faults machines(ClusterHost host) {
        return host.drivers().machineFaults();
    }

    @Test
    void aLaunchOnAHostThatVanishesEndsAndTheHostGivesBackWhatItHeldWhenItReturns() {
        cluster.hosts()
                .forEach(h -> h.drivers()
                        .networkFaults()
                        .always("plug", new Fault.FailBefore(new NetworkException("not yet", null))));
        var id = launch();
        var host = cluster.host(cluster.show(tenant, id));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !host.drivers().volumeStore().list().isEmpty());
        host.kill();
        assertThat(ended(id).code()).isEqualTo(INTERNAL);
        await().atMost(Duration.ofSeconds(40)).until(() -> state(host) == HostState.UNREACHABLE);
        assertThat(cluster.database()
                        .sql("SELECT count(*) FROM private_address")
                        .query(Long.class)
                        .single())
                .as("what the host may still have stays held")
                .isEqualTo(1);
        host.heal();
        host.start();
        cluster.awaitReady();
    }

    private HostState state(ClusterHost host) {
        return cluster.bean(Fleet.class).find(host.id()).orElseThrow().state();
    }

    @Test
    void withoutRoomTheTenantIsRefusedAndTheOperatorIsToldEachHostsReason() {
        assertThatThrownBy(() -> cluster.launches().run(tenant, LaunchRequest.of(image, "m5.24xlarge")))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            var reasons = history(tenant.requestId());
            cluster.hosts().forEach(h -> assertThat(reasons).contains(h.name()).contains("memory"));
        });
    }

    private String history(InstanceId id) {
        return history(id.value());
    }

    private String history(String subject) {
        return cluster.bean(History.class).of(tenant.account(), subject).stream()
                .map(HistoryEntry::detail)
                .collect(Collectors.joining("\n"));
    }
}
