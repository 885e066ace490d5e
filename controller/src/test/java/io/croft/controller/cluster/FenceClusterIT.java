package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.NetworkInterfaceId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host that is cut off, confirmed dead and comes back: nothing of it runs twice, and what was given away ends there before anything else is done. */
class FenceClusterIT {
    private final Cluster cluster = Cluster.start();
    private final Caller tenant = cluster.tenant();
    private final ImageId image = cluster.image(tenant);
    private ClusterHost lost;
    private InstanceView ended;
    private InstanceView stopped;
    private InstanceView kept;

    @BeforeEach
    void instances() {
        lost = cluster.addHost();
        cluster.awaitReady();
        var ids = cluster.launch(tenant, image, 3);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.addHost();
        cluster.awaitReady();
        cluster.awaitSettled();
        ended = cluster.show(tenant, ids.get(0));
        stopped = cluster.show(tenant, ids.get(1));
        kept = cluster.show(tenant, ids.get(2));
    }

    @AfterEach
    void end() {
        cluster.close();
    }

    /** It counts as away, as it would after its silence. */
    private void awaySoon() {
        cluster.database()
                .sql("UPDATE host SET state = 'UNREACHABLE' WHERE id = :host")
                .param("host", lost.id().value())
                .update();
    }

    private HostState state() {
        return cluster.bean(Fleet.class).find(lost.id()).orElseThrow().state();
    }

    private static NetworkInterfaceId port(InstanceView instance) {
        return instance.interfaces().getFirst().id();
    }

    private static String address(InstanceView instance) {
        return instance.interfaces().getFirst().privateAddress();
    }

    /** What the host last said of an instance that it does not run. */
    private String failure(InstanceView instance) {
        return cluster.database()
                .sql("SELECT coalesce(max(failure), '') FROM vm WHERE instance = :id")
                .param("id", instance.id().value())
                .query(String.class)
                .single();
    }

    private void restartController() {
        cluster.stopController();
        cluster.startController();
    }

    private boolean runsThere(InstanceView instance) {
        return lost.drivers().hypervisor().running().stream().map(VmSpec::id).anyMatch(instance.id()::equals);
    }

    private boolean isPlugged(InstanceView instance) {
        return lost.drivers().network().plugged(port(instance)).isPresent();
    }

    /** Has two ended while nobody hears of the host, whose address nobody else gets, until it is confirmed dead; gives the address to another machine then. */
    private InstanceId giveAway() {
        awaySoon();
        cluster.instances().terminate(tenant, List.of(ended.id()));
        cluster.instances().stop(tenant, List.of(stopped.id()), true);
        assertThatThrownBy(() -> cluster.launchAt(tenant, image, address(ended)))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
        restartController();
        cluster.bean(LostHosts.class).confirmDead(lost.id());
        restartController();
        cluster.await(tenant, List.of(ended.id()), InstanceState.TERMINATED);
        cluster.await(tenant, List.of(stopped.id()), InstanceState.STOPPED);
        cluster.await(tenant, List.of(kept.id()), InstanceState.RUNNING);
        var heir = cluster.launchAt(tenant, image, address(ended));
        cluster.await(tenant, List.of(heir), InstanceState.RUNNING);
        return heir;
    }

    @Test
    void aHostThatWasOffBringsUpNothingBeforeItHearsOfItsFence() {
        lost.kill();
        lost.wire().cut();
        lost.drivers().powerCut();
        try (var watch = new Watch(cluster)) {
            var heir = giveAway();
            lost.start();
            await().atMost(Cluster.CONVERGENCE)
                    .until(() -> !lost.drivers().firewall().inForce().ports().isEmpty());
            assertThat(lost.drivers().hypervisor().running()).isEmpty();
            assertThat(lost.drivers().network().plugged()).isEmpty();
            assertThat(state()).isEqualTo(HostState.DEAD);
            lost.wire().mend();
            await().atMost(Cluster.CONVERGENCE).until(() -> runsThere(kept));
            cluster.awaitReady();
            cluster.awaitSettled();
            assertThat(runsThere(ended)).isFalse();
            assertThat(runsThere(stopped)).isFalse();
            cluster.await(tenant, List.of(heir), InstanceState.RUNNING);
            assertThat(watch.seen())
                    .filteredOn(w -> w.contains("twice") || w.contains("two "))
                    .isEmpty();
        }
        cluster.instances().start(tenant, List.of(stopped.id()));
        cluster.await(tenant, List.of(stopped.id()), InstanceState.RUNNING);
        cluster.awaitSettled();
        startsAloneByLeave();
    }

    /** The controller is out of reach, and somebody on the host does not want to wait for it. */
    private void startsAloneByLeave() {
        lost.kill();
        lost.wire().cut();
        lost.drivers().powerCut();
        lost.start();
        await().atMost(Cluster.CONVERGENCE).until(() -> lost.status().contains("UNHEARD"));
        assertThat(lost.drivers().hypervisor().running()).isEmpty();
        lost.letStartAlone();
        await().atMost(Cluster.CONVERGENCE).until(() -> runsThere(kept) && runsThere(stopped));
        assertThat(lost.status()).contains("ALONE");
        assertThat(runsThere(ended)).isFalse();
        lost.wire().mend();
        await().atMost(Cluster.CONVERGENCE).until(() -> lost.status().contains("OPEN"));
        assertThat(lost.mayStartAlone()).as("the leave is used up").isFalse();
        cluster.awaitReady();
        cluster.awaitSettled();
    }

    @Test
    void aHostThatWasCutOffFirstEndsWhatWasGivenAway() {
        var released = new CountDownLatch(1);
        lost.drivers().machineFaults().always("remove", new Fault.Hang(released));
        lost.wire().cut();
        giveAway();
        assertThat(runsThere(ended)).as("it knows nothing of it").isTrue();
        lost.wire().mend();
        await().atMost(Cluster.CONVERGENCE).until(() -> !isPlugged(ended) && !runsThere(stopped));
        assertThat(runsThere(ended)).as("its end hangs").isTrue();
        await().atMost(Cluster.CONVERGENCE).until(() -> state() == HostState.RETURNING);
        lost.drivers().hypervisor().crash(kept.id());
        cluster.verbs().reboot(tenant, List.of(kept.id()));
        await().atMost(Cluster.CONVERGENCE).until(() -> failure(kept).contains("proved dead"));
        assertThat(lost.drivers().network().plugged(port(stopped)))
                .as("its public address is free")
                .hasValueSatisfying(p -> assertThat(p.publicAddress()).isNull());
        assertThat(runsThere(kept)).as("nothing is brought up before").isFalse();
        assertThat(state()).isEqualTo(HostState.RETURNING);
        assertThatThrownBy(() -> cluster.instances().start(tenant, List.of(stopped.id())))
                .isInstanceOf(CloudException.class);
        lost.drivers().machineFaults().clear();
        released.countDown();
        await().atMost(Cluster.CONVERGENCE).until(() -> runsThere(kept));
        assertThat(runsThere(ended)).isFalse();
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(cluster.hosts()).allMatch(h -> h.bugs() == 0);
    }
}
