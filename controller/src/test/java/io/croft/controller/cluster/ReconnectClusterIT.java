package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.controller.context.Caller;
import io.croft.controller.identity.AccountDeletions;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountState;
import io.croft.controller.identity.Accounts;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever goes and comes back, what runs goes on: no machine is touched, and all is known again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReconnectClusterIT {
    private final Cluster cluster = Cluster.start();
    private final Caller tenant = cluster.tenant();
    private List<InstanceId> ids = List.of();

    @BeforeAll
    void instances() {
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
        ids = cluster.launch(tenant, cluster.image(tenant), 4);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.instances().stop(tenant, ids.subList(0, 1), false);
        cluster.await(tenant, ids.subList(0, 1), InstanceState.STOPPED);
        cluster.awaitSettled();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    /** Every start, stop and reset leaves a line on the console. */
    private Map<String, String> consoles() {
        var consoles = new TreeMap<String, String>();
        for (var host : cluster.hosts()) {
            var hypervisor = host.drivers().hypervisor();
            hypervisor.running().stream()
                    .map(VmSpec::id)
                    .forEach(id -> consoles.put(
                            id.value(), new String(hypervisor.consoleTail(id, 1 << 16), StandardCharsets.UTF_8)));
        }
        return consoles;
    }

    @Test
    void anAgentThatLostItsLedgerTakesItsMachinesOnAsTheyAre() {
        var before = consoles();
        for (var host : cluster.hosts()) {
            host.kill();
            host.loseLedger();
            host.start();
        }
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(consoles()).isEqualTo(before);
        assertThat(cluster.hosts()).allMatch(h -> h.bugs() == 0);
    }

    @Test
    void aControllerThatComesBackTouchesNothing() {
        var before = consoles();
        cluster.stopController();
        cluster.startController();
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(consoles()).isEqualTo(before);
    }

    @Test
    void whatHappensWhileTheControllerIsAwayIsKnownAfterwards() {
        var id = ids.getLast();
        var host = cluster.host(cluster.show(tenant, id));
        cluster.stopController();
        host.drivers().hypervisor().guestPowersOff(id);
        cluster.startController();
        cluster.await(tenant, List.of(id), InstanceState.STOPPED);
        cluster.awaitReady();
        cluster.instances().start(tenant, List.of(id));
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        cluster.awaitSettled();
    }

    /** The controller is away for longer than a launch may take, in which the machine comes up. */
    @Test
    void aLaunchThatWentWellWhileTheControllerWasAwayIsNotGivenUp() throws SQLException {
        var away = new CountDownLatch(1);
        cluster.hosts().forEach(h -> h.drivers().machineFaults().next("start", new Fault.Hang(away)));
        var id = cluster.launch(tenant, cluster.image(tenant), 1).getFirst();
        var machines = cluster.host(cluster.show(tenant, id)).drivers().hypervisor();
        cluster.stopController();
        away.countDown();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> machines.running().stream().anyMatch(vm -> vm.id().equals(id)));
        try (var connection = DriverManager.getConnection(cluster.databaseUrl());
                var overdue = connection.prepareStatement(
                        "UPDATE instance SET deadline = now() - interval '1 minute' WHERE id = ? AND state = 'PENDING'")) {
            overdue.setString(1, id.value());
            assertThat(overdue.executeUpdate()).isOne();
        }
        cluster.startController();
        cluster.hosts().forEach(ClusterHost::heal);
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        cluster.awaitReady();
        cluster.awaitSettled();
    }

    @Test
    void whatIsWantedWhileAnAgentIsAwayIsDoneAfterwards() {
        var id = cluster.launch(tenant, cluster.image(tenant), 1).getFirst();
        cluster.await(tenant, List.of(id), InstanceState.RUNNING);
        var host = cluster.host(cluster.show(tenant, id));
        host.kill();
        cluster.instances().terminate(tenant, List.of(id));
        host.start();
        cluster.await(tenant, List.of(id), InstanceState.TERMINATED);
        cluster.awaitSettled();
    }

    @Test
    void anAccountEndsWhoeverGoesAwayMeanwhile() {
        var leaving = cluster.tenant();
        var launched = cluster.launch(leaving, cluster.image(leaving), 4);
        cluster.await(leaving, launched, InstanceState.RUNNING);
        var away = cluster.host(cluster.show(leaving, launched.getFirst()));
        away.kill();
        cluster.bean(AccountDeletions.class).delete(leaving.account(), true);
        cluster.stopController();
        cluster.startController();
        await().atMost(Cluster.CONVERGENCE)
                .until(() -> holdings(leaving).allMatch(h -> h.detail().contains("on " + away.id())));
        assertThat(holdings(leaving)).isNotEmpty();
        away.start();
        await().atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(Accounts.class)
                        .find(leaving.account())
                        .filter(a -> a.state() == AccountState.DELETED)
                        .isPresent());
        cluster.awaitSettled();
        assertThat(cluster.show(tenant, ids)).hasSameSizeAs(ids);
    }

    /** What waits for a host; an image and the like wait for nobody. */
    private Stream<AccountHolding> holdings(Caller caller) {
        return cluster.bean(AccountDeletions.class).holdings(caller.account()).stream()
                .filter(h -> !h.type().equals("image"));
    }

    @Test
    void aReportOfAnEarlierAgentIsRefusedAndARepeatedOneChangesNothing() {
        var host = cluster.hosts().getFirst();
        host.kill();
        host.start();
        cluster.awaitReady();
        var reports = new StaleReports(cluster, host);
        assertThat(reports.older()).isEqualTo(409);
        assertThat(reports.repeat()).isEqualTo(200);
        cluster.awaitSettled();
    }
}
