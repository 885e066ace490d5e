package io.croft.controller.network.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.context.Caller;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.protocol.Presence;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcPeersSpec.Member;
import io.croft.types.ImageId;
import io.croft.types.NetworkInterfaceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What hosts are told of the interfaces that a VPC has on other hosts: each host has room for one instance. */
@ComputeTest
class VpcPeersIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    LostHosts lost;

    @Autowired
    PeerLoop loop;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;
    private ImageId image;
    private ScriptedHost first;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        first = world.onlyHost(1);
        first.over("192.0.2.1");
    }

    private ScriptedHost another(int number) {
        var host = world.anotherHost(1);
        host.over("192.0.2." + number);
        return host;
    }

    /** On the host that has room yet. */
    private InstanceView launch() {
        return launches.run(caller, LaunchRequests.of(image).type("c5.xlarge").build())
                .instances()
                .getFirst();
    }

    private static NetworkInterfaceView nic(InstanceView instance) {
        return instance.interfaces().getFirst();
    }

    private static Stream<VpcPeersSpec> told(ScriptedHost host) {
        return host.documents().stream().filter(VpcPeersSpec.class::isInstance).map(VpcPeersSpec.class::cast);
    }

    private static Optional<VpcPeersSpec> of(ScriptedHost host) {
        return told(host).findFirst();
    }

    private static List<NetworkInterfaceId> members(ScriptedHost host) {
        return told(host).flatMap(p -> p.members().stream()).map(Member::id).toList();
    }

    @Test
    void aLaunchTellsTheVpcsOtherHostsOnceItIsCommittedAndAnEndTakesItBack() {
        var here = launch();
        loop.pass();
        assertThat(of(first)).as("a VPC on one host").isEmpty();
        var second = another(2);
        var there = launch();
        loop.pass();
        assertThat(of(first).orElseThrow().members())
                .containsExactly(new Member(
                        nic(there).id(),
                        nic(there).subnet(),
                        nic(there).mac(),
                        List.of(nic(there).privateAddress()),
                        "192.0.2.2",
                        nic(there).groups().stream().map(g -> g.id()).toList()));
        assertThat(members(second)).containsExactly(nic(here).id());

        var generation = of(first).orElseThrow().generation();
        loop.pass();
        assertThat(of(first).orElseThrow().generation()).isEqualTo(generation);

        first.converge();
        second.converge();
        instances.terminate(caller, List.of(there.id()));
        loop.pass();
        assertThat(members(first))
                .as("as long as it may be there")
                .containsExactly(nic(there).id());
        second.converge();
        second.converge();
        loop.pass();
        assertThat(of(first).orElseThrow())
                .returns(Presence.ABSENT, VpcPeersSpec::presence)
                .returns(List.of(), VpcPeersSpec::members);
        first.converge();
        assertThat(of(first)).isEmpty();
        second.converge();
        assertThat(second.documents()).isEmpty();
    }

    @Test
    void otherGroupsAreToldAndOtherVpcsAreNobodysBusiness() {
        launch();
        var second = another(2);
        launch();
        var third = another(3);
        var stranger = world.tenant();
        var alone = launches.run(
                        stranger, LaunchRequests.of(image).type("c5.xlarge").build())
                .instances()
                .getFirst();
        loop.pass();
        assertThat(of(third)).isEmpty();
        assertThat(members(first)).doesNotContain(nic(alone).id()).hasSize(1);
        assertThat(members(second)).hasSize(1);
    }

    /** A host that does not take these documents, or has no underlay, is told nothing and told of to nobody. */
    @Test
    void aHostOfBeforeIsToldNothing() {
        launch();
        var second = world.anotherHost(1);
        launch();
        loop.pass();
        assertThat(of(first)).isEmpty();
        assertThat(of(second)).isEmpty();
        second.over("192.0.2.2");
        loop.pass();
        assertThat(members(first)).hasSize(1);
        jdbc.sql("UPDATE host SET facts = facts - 'documents' WHERE id = ?")
                .param(second.id().value())
                .update();
        loop.pass();
        assertThat(of(first)).map(VpcPeersSpec::presence).contains(Presence.ABSENT);
        assertThat(of(second)).map(VpcPeersSpec::presence).contains(Presence.ABSENT);
        second.over("192.0.2.2");
        loop.pass();
        assertThat(members(first)).hasSize(1);
        assertThat(members(second)).hasSize(1);
    }

    @Test
    void whatIsOnAHostThatIsProvedDeadIsNowhereUntilItIsBack() {
        launch();
        var second = another(2);
        var there = launch();
        second.converge();
        loop.pass();
        world.vanish(second);
        loop.pass();
        assertThat(members(first)).as("it may run").containsExactly(nic(there).id());
        lost.confirmDead(second.id());
        loop.pass();
        assertThat(of(first)).map(VpcPeersSpec::presence).contains(Presence.ABSENT);
        second.over("192.0.2.2");
        second.passFence();
        second.converge();
        loop.pass();
        assertThat(members(first)).containsExactly(nic(there).id());
        assertThat(members(second)).hasSize(1);
    }

    /** Whatever another host's documents are locked for. */
    @Test
    void aLaunchWaitsForNoOtherHost() throws Exception {
        launch();
        loop.pass();
        another(2);
        var launched = transaction.execute(_ -> {
            for (var table : List.of("host_stream", "host_document", "network_document", "vpc_peers", "host_session")) {
                jdbc.sql("SELECT 1 FROM " + table + " WHERE host = ? FOR UPDATE")
                        .param(first.id().value())
                        .query()
                        .listOfRows();
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                return threads.submit(this::launch).get(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("the launch waits for another host", e);
            }
        });
        assertThat(launched).isNotNull();
    }

    @Test
    void fiftyHostsOfOneVpcKnowEachOther() throws Exception {
        var hosts = new ArrayList<>(List.of(first));
        for (var n = 2; n <= 50; n++) {
            hosts.add(another(n));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            var launching = hosts.stream()
                    .map(_ -> (Callable<InstanceView>) this::launch)
                    .toList();
            for (var launched : threads.invokeAll(launching)) {
                launched.get();
            }
        }
        loop.pass();
        for (var host : hosts) {
            assertThat(members(host)).hasSize(hosts.size() - 1);
            assertThat(of(host).orElseThrow().hosts()).hasSize(hosts.size() - 1);
        }
    }

    /** Nobody knows what a host was told before its documents were forgotten, and so it is told anew. */
    @Test
    void isToldAnewOnceNobodyKnowsWhatWasTold() {
        launch();
        var second = another(2);
        launch();
        loop.pass();
        var before = of(first).orElseThrow();
        jdbc.sql("UPDATE vpc_peers SET told = ''").update();
        jdbc.sql("DELETE FROM vpc_peers WHERE host = ?")
                .param(second.id().value())
                .update();
        jdbc.sql("DELETE FROM host_document WHERE kind = 'vpc-peers'").update();
        loop.pass();
        assertThat(of(first).orElseThrow())
                .returns(before.members(), VpcPeersSpec::members)
                .returns(before.generation().value() + 1, p -> p.generation().value());
        assertThat(members(second)).hasSize(1);
    }
}
