package io.croft.controller.compute.instance;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.context.Caller;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostState;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.Presence;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What instances of a host that is away hold, and by whose proof it is free. */
@ComputeTest
class LostHostsIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    LostHosts lost;

    @Autowired
    Fleet fleet;

    @Autowired
    History history;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(4);
    }

    private InstanceId running() {
        return running(LaunchRequests.of(image));
    }

    private InstanceId running(LaunchRequests request) {
        var id = launches.run(caller, request.build()).instances().getFirst().id();
        host.converge();
        return id;
    }

    private NetworkInterfaceView networkInterface(InstanceId id) {
        return world.show(caller, id).interfaces().getFirst();
    }

    private long privateAddresses() {
        return world.count(
                "private_address p JOIN subnet s ON s.id = p.subnet WHERE s.account = '" + caller.account() + "'");
    }

    private long publicAddress(String address) {
        return world.count("public_address WHERE address = '" + address + "'");
    }

    private long claims(InstanceId id) {
        return world.count("host_claim WHERE holder = '" + id + "'");
    }

    private HostState state() {
        return fleet.find(host.id()).orElseThrow().state();
    }

    private String why(InstanceId id) {
        return history.of(caller.account(), id.value()).stream()
                .map(HistoryEntry::detail)
                .collect(Collectors.joining("\n"));
    }

    private InstanceSpec spec(InstanceId id) {
        return (InstanceSpec) host.document(id).orElseThrow();
    }

    @Test
    void whatEndsOnALostHostIsFreeOnlyBehindItsFence() {
        var ended = running();
        var stopping = running();
        var kept = running();
        var publicAddress = Objects.requireNonNull(networkInterface(stopping).publicAddress());
        world.vanish(host);
        instances.terminate(caller, List.of(ended));
        instances.stop(caller, List.of(stopping), false);
        lost.run();
        world.assertState(caller, ended, InstanceState.SHUTTING_DOWN);
        world.assertState(caller, stopping, InstanceState.STOPPING);
        assertThat(privateAddresses()).isEqualTo(3);
        assertThat(publicAddress(publicAddress)).isEqualTo(1);
        assertThat(claims(ended) + claims(stopping)).isEqualTo(2);
        assertThat(why(ended)).contains("croft host confirm-dead " + host.id());
        assertThat(why(stopping)).contains("croft host confirm-dead " + host.id());
        assertThat(lost.held()).containsEntry(host.id(), 2);
        assertThat(lost.held(host.id())).extracting(HeldInstance::id).containsExactlyInAnyOrder(ended, stopping);
        assertThat(lost.held(host.id())).allMatch(i -> !i.addresses().isEmpty());

        lost.confirmDead(host.id());
        world.assertState(caller, ended, InstanceState.TERMINATED);
        world.assertState(caller, stopping, InstanceState.STOPPED);
        world.assertState(caller, kept, InstanceState.RUNNING);
        assertThat(privateAddresses()).isEqualTo(2);
        assertThat(publicAddress(publicAddress)).isZero();
        assertThat(claims(ended) + claims(stopping)).isZero();
        assertThat(claims(kept)).isEqualTo(1);
        assertThat(why(ended)).contains("is proved dead, fence 1");
        assertThat(lost.held()).doesNotContainKey(host.id());
        assertThat(spec(ended).presence())
                .as("for it to carry out when it comes back")
                .isEqualTo(Presence.ABSENT);
        assertThat(spec(stopping)).returns(Power.OFF, InstanceSpec::power).returns(StopMode.FORCE, InstanceSpec::stop);
        assertThat(spec(kept).power()).isEqualTo(Power.ON);
    }

    @Test
    void behindTheFenceWhatEndsIsFreeAtOnceUntilTheHostIsBack() {
        var first = running();
        var second = running();
        world.vanish(host);
        lost.confirmDead(host.id());
        instances.terminate(caller, List.of(first));
        lost.run();
        world.assertState(caller, first, InstanceState.TERMINATED);
        lost.confirmDead(host.id());
        assertThat(claims(first)).isZero();
        assertThat(privateAddresses()).isEqualTo(1);

        host.comeUp();
        assertThat(state()).isEqualTo(HostState.RETURNING);
        instances.terminate(caller, List.of(second));
        lost.run();
        world.assertState(caller, second, InstanceState.SHUTTING_DOWN);
        refused(ErrorCode.INCORRECT_STATE, () -> lost.confirmDead(host.id()));
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> world.launch(caller, image));

        host.passFence();
        host.converge();
        assertThat(state()).isEqualTo(HostState.READY);
        world.assertState(caller, second, InstanceState.TERMINATED);
        host.converge();
        assertThat(host.documents()).isEmpty();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
        assertThat(privateAddresses()).isZero();
    }

    @Test
    void whatWasShownAsTerminatedGivesBackWhatItHeld() {
        var id = world.launch(caller, image).id();
        world.vanish(host);
        world.assertState(caller, id, InstanceState.TERMINATED);
        assertThat(claims(id)).isEqualTo(1);
        assertThat(why(id)).contains("croft host confirm-dead " + host.id());
        lost.confirmDead(host.id());
        assertThat(claims(id)).isZero();
        assertThat(privateAddresses()).isZero();
        assertThat(world.count("volume_placement WHERE host = '" + host.id() + "'"))
                .as("its disk is there until the host proves it gone")
                .isEqualTo(1);
    }

    @Test
    void aMemoryThatMayBeSavedWaitsForItsHost() {
        var id = running(LaunchRequests.of(image).hibernation());
        world.vanish(host);
        instances.hibernate(caller, List.of(id));
        lost.confirmDead(host.id());
        world.assertState(caller, id, InstanceState.STOPPING);
        assertThat(claims(id)).isEqualTo(1);
        instances.stop(caller, List.of(id), true);
        lost.run();
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(claims(id)).isZero();
    }

    @Test
    void aHostThatReportsIsNotDead() {
        var id = running();
        instances.terminate(caller, List.of(id));
        refused(ErrorCode.INCORRECT_STATE, () -> lost.confirmDead(host.id()));
        lost.run();
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        assertThat(claims(id)).isEqualTo(1);
    }
}
