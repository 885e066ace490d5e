package io.croft.controller.compute.instance;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeState;
import io.croft.controller.blockstorage.volume.VolumeTransitionCoverage;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.compute.operation.HostVerbs;
import io.croft.controller.compute.status.InstanceStatuses;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.identity.AccountDeletions;
import io.croft.controller.identity.AccountEnds;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance through every transition that it has, with what the host is told and what is released on the way. */
@ComputeTest
@Import(AccountEnds.class)
class InstanceLifecycleIT {
    private static final long GIB = 1L << 30;

    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    InstanceStatuses statuses;

    @Autowired
    Launches launches;

    @Autowired
    VolumeAttachments attachments;

    @Autowired
    HostVerbs verbs;

    @Autowired
    TransitionDeadlines deadlines;

    @Autowired
    TerminatedInstances terminated;

    @Autowired
    AccountDeletions deletions;

    @Autowired
    AccountEnds ends;

    @Autowired
    History history;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(4);
    }

    @AfterAll
    static void everyTransitionWasMade() {
        assertThat(InstanceTransitions.TABLE.unvisited()).isEmpty();
        VolumeTransitionCoverage.assertComplete();
    }

    private InstanceId running() {
        var id = world.launch(caller, image).id();
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        return id;
    }

    private InstanceId running(LaunchRequests request) {
        var id = launches.run(caller, request.build()).instances().getFirst().id();
        host.converge();
        return id;
    }

    private InstanceSpec spec(InstanceId id) {
        return (InstanceSpec) host.document(id).orElseThrow();
    }

    private InstanceView show(InstanceId id) {
        return world.show(caller, id);
    }

    private String reasonCode(InstanceId id) {
        return Objects.requireNonNull(show(id).stateReason()).code();
    }

    private void assertNothingHeld() {
        assertThat(host.documents()).isEmpty();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
        assertThat(world.count("vm WHERE host = '" + host.id() + "'")).isZero();
        assertThat(world.count("volume_placement WHERE host = '" + host.id() + "'"))
                .isZero();
        assertThat(world.count("network_interface_placement WHERE host = '" + host.id() + "'"))
                .isZero();
        assertThat(world.count("private_address p JOIN subnet s ON s.id = p.subnet WHERE s.account = '"
                        + caller.account() + "'"))
                .isZero();
    }

    @Test
    void aLaunchTellsTheHostEverything() {
        var view = world.launch(caller, image);
        assertThat(view.state()).isEqualTo(InstanceState.PENDING);
        assertThat(host.documents())
                .extracting(d -> d.key().kind())
                .containsExactlyInAnyOrder(
                        DocumentKind.VPC,
                        DocumentKind.SECURITY_GROUP,
                        DocumentKind.INTERFACE,
                        DocumentKind.VOLUME,
                        DocumentKind.INSTANCE);
        var spec = spec(view.id());
        var networkInterface = view.interfaces().getFirst();
        assertThat(spec.power()).isEqualTo(Power.ON);
        assertThat(spec.vcpus()).isEqualTo(2);
        assertThat(spec.memoryBytes()).isEqualTo(GIB / 2);
        assertThat(spec.interfaces()).containsExactly(networkInterface.id());
        assertThat(spec.disks())
                .singleElement()
                .satisfies(d -> assertThat(d.deviceName()).isEqualTo("/dev/xvda"));
        assertThat(spec.metadata().hostname())
                .isEqualTo(networkInterface.privateDnsName())
                .startsWith("ip-172-31-");
        assertThat(spec.metadata().securityGroups()).containsExactly("default");
        assertThat(((InterfaceSpec) host.document(networkInterface.id()).orElseThrow()).addresses())
                .containsExactly(networkInterface.privateAddress());
        assertThat(((VolumeSpec) host.document(spec.disks().getFirst().volume()).orElseThrow()).sizeBytes())
                .isEqualTo(2 * GIB);
        assertThat(networkInterface.publicAddress()).startsWith("198.18.0.");
        assertThat(host.claimed()).containsExactly(2L, GIB / 2, 2 * GIB);
    }

    @Test
    void runsStopsStartsAndEnds() {
        var id = running();
        var volume = show(id).volumes().getFirst();
        assertThat(volume.state()).isEqualTo(VolumeState.IN_USE);
        assertThat(Objects.requireNonNull(volume.attachment()).state()).isEqualTo(AttachmentState.ATTACHED);

        assertThat(instances.stop(caller, List.of(id), false))
                .containsExactly(new InstanceStateChange(id, InstanceState.RUNNING, InstanceState.STOPPING));
        assertThat(spec(id).power()).isEqualTo(Power.OFF);
        assertThat(spec(id).stop()).isEqualTo(StopMode.GRACEFUL);
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(reasonCode(id)).isEqualTo("Client.UserInitiatedShutdown");
        assertThat(show(id).transitionReason()).startsWith("User initiated (");
        assertThat(show(id).interfaces().getFirst().publicAddress()).isNull();
        assertThat(host.claimed()).containsExactly(0L, 0L, 2 * GIB);
        host.converge();

        assertThat(instances.start(caller, List.of(id)))
                .containsExactly(new InstanceStateChange(id, InstanceState.STOPPED, InstanceState.PENDING));
        assertThat(show(id).stateReason()).isNull();
        assertThat(show(id).interfaces().getFirst().publicAddress()).startsWith("198.18.0.");
        assertThat(host.claimed()).containsExactly(2L, GIB / 2, 2 * GIB);
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);

        assertThat(instances.terminate(caller, List.of(id)))
                .containsExactly(new InstanceStateChange(id, InstanceState.RUNNING, InstanceState.SHUTTING_DOWN));
        assertThat(host.documents())
                .filteredOn(d -> d.presence() == Presence.ABSENT)
                .extracting(d -> d.key().kind())
                .containsExactlyInAnyOrder(DocumentKind.INTERFACE, DocumentKind.VOLUME, DocumentKind.INSTANCE);
        host.converge();
        world.assertState(caller, id, InstanceState.TERMINATED);
        assertThat(show(id).interfaces()).isEmpty();
        assertThat(show(id).volumes()).isEmpty();
        host.converge();
        assertNothingHeld();
        assertThat(history.of(caller.account(), id.value()))
                .extracting(HistoryEntry::event)
                .containsExactly(
                        "pending",
                        "running",
                        "stopping",
                        "stopped",
                        "pending",
                        "running",
                        "shutting-down",
                        "terminated");
    }

    @Test
    void whatWasLaunchedWithoutAPublicAddressStartsWithoutOne() {
        var id = running(LaunchRequests.of(image).publicAddress(false));
        for (var round = 0; round < 2; round++) {
            instances.stop(caller, List.of(id), false);
            host.converge();
            world.assertState(caller, id, InstanceState.STOPPED);
            instances.start(caller, List.of(id));
            host.converge();
            world.assertState(caller, id, InstanceState.RUNNING);
            assertThat(show(id).interfaces().getFirst().publicAddress()).isNull();
        }
    }

    /** Of before the wish was written down: what has or had an address keeps it, and what never had one stays without. */
    @Test
    void anUpgradeMakesNothingPublic() throws IOException {
        host = world.onlyHost(8);
        var shown = running();
        var hidden = running(LaunchRequests.of(image).publicAddress(false));
        var shownAndStopped = running();
        var hiddenAndStopped = running(LaunchRequests.of(image).publicAddress(false));
        instances.stop(caller, List.of(shownAndStopped, hiddenAndStopped), false);
        host.converge();
        world.assertState(caller, shownAndStopped, InstanceState.STOPPED);
        var script = Files.readString(Path.of("src/main/resources/db/migration/V358__network_public_address_wish.sql"));
        transaction.executeWithoutResult(undone -> {
            undone.setRollbackOnly();
            jdbc.sql("ALTER TABLE network_interface DROP COLUMN wants_public_address, ADD COLUMN instance text")
                    .update();
            jdbc.sql("""
                            UPDATE network_interface n SET instance = a.instance FROM network_interface_attachment a WHERE a.interface = n.id
                            """).update();
            jdbc.sql(script).update();
            assertThat(wishing(shown, hidden, shownAndStopped, hiddenAndStopped))
                    .containsExactlyInAnyOrder(shown.value(), shownAndStopped.value());
        });
    }

    private List<String> wishing(InstanceId... some) {
        return jdbc.sql("""
                        SELECT a.instance FROM network_interface n JOIN network_interface_attachment a ON a.interface = n.id
                        WHERE n.wants_public_address AND a.instance = ANY(:ids)
                        """)
                .param("ids", Stream.of(some).map(InstanceId::value).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    /** Another machine comes to a host or leaves one: the instance is the live one, and is gone with the last. */
    @Test
    void isItsLiveMachineAndEndsWithTheLast() {
        var id = running();
        var other = world.anotherHost(4);
        var machine = new DocumentKey(DocumentKind.INSTANCE, id.value());
        addMachine(id, other, false);
        assertThatThrownBy(() -> addMachine(id, world.anotherHost(4), true)).isInstanceOf(DuplicateKeyException.class);
        other.report(machine, Generation.FIRST, State.POWERED_OFF, null);
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(instances.describe(caller, Query.ALL).items())
                .singleElement()
                .satisfies(i -> assertThat(i.host()).isEqualTo(host.id()));
        assertThat(statuses.describe(caller, Query.ALL, true).items()).hasSize(1);

        instances.terminate(caller, List.of(id));
        assertThat(other.document(id).orElseThrow().presence()).isEqualTo(Presence.ABSENT);
        host.converge();
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        other.converge();
        world.assertState(caller, id, InstanceState.TERMINATED);
        host.converge();
        assertNothingHeld();
    }

    private void addMachine(InstanceId id, ScriptedHost on, boolean live) {
        jdbc.sql("""
                        INSERT INTO vm (instance, host, generation, presence, power, stop_mode, live)
                        VALUES (:id, :host, 1, 'PRESENT', 'ON', 'GRACEFUL', :live)
                        """)
                .param("id", id.value())
                .param("host", on.id().value())
                .param("live", live)
                .update();
    }

    @Test
    void anEndedInstanceIsForgottenAfterAnHour() {
        var id = running();
        instances.terminate(caller, List.of(id));
        host.converge();
        terminated.run();
        world.assertState(caller, id, InstanceState.TERMINATED);
        world.makeOlder(id);
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> show(id));
        terminated.run();
        assertThat(world.count("instance WHERE id = '" + id + "'")).isZero();
    }

    @Test
    void aKeptVolumeGoesWithItsAccount() {
        var kept = new DiskRequest(null, null, null, null, null, false);
        var id = running(LaunchRequests.of(image).disks(kept));
        instances.terminate(caller, List.of(id));
        host.converge();
        host.converge();
        assertThat(world.count("volume WHERE state = 'AVAILABLE' AND account = '" + caller.account() + "'"))
                .isOne();
        deletions.delete(caller.account(), true);
        ends.pass();
        host.converge();
        assertNothingHeld();
    }

    @Test
    void theScreenOfASilentHostIsUnavailable() {
        var pending = world.launch(caller, image).id();
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> verbs.screenshot(caller, pending, false));
        host.converge();
        refused(ErrorCode.UNAVAILABLE, () -> verbs.screenshot(caller, pending, false));
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> verbs.screenshot(world.tenant(), pending, false));
    }

    @Test
    void aPowerOffInTheGuestStops() {
        var id = running();
        host.report(id, State.POWERED_OFF);
        world.assertState(caller, id, InstanceState.STOPPING);
        assertThat(reasonCode(id)).isEqualTo("Client.InstanceInitiatedShutdown");
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        instances.terminate(caller, List.of(id));
        host.converge();
        host.converge();
        assertNothingHeld();
    }

    @Test
    void aPowerOffInTheGuestEndsWhenItIsSaid() {
        var id = running(LaunchRequests.of(image).shutdown(ShutdownBehavior.TERMINATE));
        host.report(id, State.POWERED_OFF);
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        host.converge();
        world.assertState(caller, id, InstanceState.TERMINATED);
    }

    @Test
    void aGuestMayPowerOffBeforeItIsSeenRunning() {
        var stops = world.launch(caller, image).id();
        host.report(stops, State.POWERED_OFF);
        world.assertState(caller, stops, InstanceState.STOPPING);
        var ends = launches.run(
                        caller,
                        LaunchRequests.of(image)
                                .shutdown(ShutdownBehavior.TERMINATE)
                                .build())
                .instances()
                .getFirst()
                .id();
        host.report(ends, State.POWERED_OFF);
        world.assertState(caller, ends, InstanceState.SHUTTING_DOWN);
        instances.terminate(caller, List.of(stops));
        world.assertState(caller, stops, InstanceState.SHUTTING_DOWN);
    }

    @Test
    void whatNeverRanIsGivenUpWithEverything() {
        var request = LaunchRequests.of(image).disks(new DiskRequest(null, null, null, null, null, false));
        var view = launches.run(caller, request.build()).instances().getFirst();
        host.report(
                view.volumes().getFirst().id(),
                State.FAILED,
                new Failure(Failure.Code.BLOB_MISSING, "no such blob", false));
        world.assertState(caller, view.id(), InstanceState.SHUTTING_DOWN);
        assertThat(reasonCode(view.id())).isEqualTo("Client.InvalidSnapshot.NotFound");
        host.converge();
        host.converge();
        world.assertState(caller, view.id(), InstanceState.TERMINATED);
        assertNothingHeld();
        assertThat(history.of(caller.account(), view.id().value()))
                .anySatisfy(e -> assertThat(e.detail()).contains("no such blob"));
    }

    @Test
    void aFailureThatCanPassIsWaitedFor() {
        var id = world.launch(caller, image).id();
        host.report(id, State.FAILED, new Failure(Failure.Code.HYPERVISOR, "libvirt is away", true));
        world.assertState(caller, id, InstanceState.PENDING);
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
    }

    @Test
    void aHostThatGivesUpEndsTheLaunch() {
        var id = world.launch(caller, image).id();
        host.report(id, State.FAILED, new Failure(Failure.Code.DISK_FULL, "no space left", false));
        assertThat(reasonCode(id)).isEqualTo("Server.InsufficientInstanceCapacity");
        var other = world.launch(caller, image);
        host.report(
                other.interfaces().getFirst().id(),
                State.FAILED,
                new Failure(Failure.Code.FIREWALL, "physdev does not work", false));
        assertThat(reasonCode(other.id())).isEqualTo("Server.InternalError");
        assertThat(Objects.requireNonNull(show(other.id()).stateReason()).message())
                .doesNotContain("physdev");
    }

    @Test
    void aLaunchThatTakesTooLongIsGivenUp() {
        var id = world.launch(caller, image).id();
        assertThat(deadlines.pass().changed()).isZero();
        world.letDeadlinePass(id);
        deadlines.pass();
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        host.converge();
        host.converge();
        assertNothingHeld();
    }

    @Test
    void aStartThatTakesTooLongKeepsTheVolumes() {
        var id = running();
        instances.stop(caller, List.of(id), true);
        host.converge();
        instances.start(caller, List.of(id));
        world.letDeadlinePass(id);
        deadlines.pass();
        world.assertState(caller, id, InstanceState.STOPPING);
        assertThat(reasonCode(id)).isEqualTo("Server.InternalError");
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(show(id).volumes()).hasSize(1);
    }

    @Test
    void aStopThatTakesTooLongCutsThePower() {
        var id = running();
        instances.stop(caller, List.of(id), false);
        world.letDeadlinePass(id);
        deadlines.pass();
        assertThat(spec(id).stop()).isEqualTo(StopMode.FORCE);
        world.assertState(caller, id, InstanceState.STOPPING);
        assertThat(deadlines.pass().changed()).isZero();
    }

    @Test
    void hibernatesAndGoesOn() {
        var id = running(LaunchRequests.of(image).hibernation());
        assertThat(show(id).options().hibernation()).isTrue();
        assertThat(instances.hibernate(caller, List.of(id)))
                .containsExactly(new InstanceStateChange(id, InstanceState.RUNNING, InstanceState.STOPPING));
        assertThat(spec(id).stop()).isEqualTo(StopMode.HIBERNATE);
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(reasonCode(id)).isEqualTo("Client.UserInitiatedHibernate");
        refused(
                ErrorCode.UNSUPPORTED_OPERATION,
                () -> instances.modify(caller, id, new InstanceChange.Type("t3.small")));
        assertThat(host.claimed().subList(0, 2)).containsOnly(0L);
        assertThat(instances.hibernate(caller, List.of(id)))
                .containsExactly(new InstanceStateChange(id, InstanceState.STOPPED, InstanceState.STOPPED));

        instances.start(caller, List.of(id));
        world.letDeadlinePass(id);
        deadlines.pass();
        assertThat(spec(id).stop()).as("of a start that may have gone on").isEqualTo(StopMode.HIBERNATE);
        var forgotten = new Failure(Failure.Code.HYPERVISOR, "not saved", false);
        host.report(
                id,
                d -> new ObservedDocument(d.key(), d.generation(), State.STOPPED, forgotten, d.since())
                        .holding(List.of()));
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(reasonCode(id)).isEqualTo("Server.InternalError");
        assertThat(spec(id).stop())
                .as("no memory is kept that a volume could be in")
                .isEqualTo(StopMode.FORCE);
        instances.start(caller, List.of(id));
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
    }

    @Test
    void onlyWhatWasLaunchedForItHibernates() {
        var plain = running();
        var hibernates = running(LaunchRequests.of(image).hibernation());
        refused(
                ErrorCode.UNSUPPORTED_HIBERNATION_CONFIGURATION,
                () -> instances.hibernate(caller, List.of(hibernates, plain)));
        world.assertState(caller, hibernates, InstanceState.RUNNING);
        refused(
                ErrorCode.UNSUPPORTED_HIBERNATION_CONFIGURATION,
                () -> launches.run(
                        caller,
                        LaunchRequests.of(image)
                                .type("r5.8xlarge")
                                .hibernation()
                                .build()));
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> instances.hibernate(world.tenant(), List.of(hibernates)));
    }

    @Test
    void aHibernationThatTakesTooLongBecomesAStop() {
        var id = running(LaunchRequests.of(image).hibernation());
        instances.hibernate(caller, List.of(id));
        assertThat(deadlines.pass().changed()).isZero();
        world.vanish(host);
        world.letDeadlinePass(id);
        deadlines.pass();
        assertThat(spec(id).stop()).as("while its host is away").isEqualTo(StopMode.HIBERNATE);
        host.comeUp();
        world.letDeadlinePass(id);
        deadlines.pass();
        assertThat(spec(id).stop()).isEqualTo(StopMode.GRACEFUL);
        assertThat(reasonCode(id)).isEqualTo("Server.InternalError");
        world.letDeadlinePass(id);
        deadlines.pass();
        assertThat(spec(id).stop()).isEqualTo(StopMode.FORCE);
    }

    @Test
    void aMemoryThatWasNotSavedIsReported() {
        var id = running(LaunchRequests.of(image).hibernation());
        instances.hibernate(caller, List.of(id));
        host.report(id, State.STOPPED, new Failure(Failure.Code.HYPERVISOR, "its host lost power", false));
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(reasonCode(id)).isEqualTo("Server.InternalError");
        assertThat(Objects.requireNonNull(show(id).stateReason()).message()).doesNotContain("power");
    }

    @Test
    void forceEndsAHibernation() {
        var id = running(LaunchRequests.of(image).hibernation());
        instances.hibernate(caller, List.of(id));
        instances.stop(caller, List.of(id), true);
        assertThat(spec(id).stop()).isEqualTo(StopMode.FORCE);
        assertThat(reasonCode(id)).isEqualTo("Client.UserInitiatedShutdown");
    }

    @Test
    void forceCutsThePowerOfWhatIsStopping() {
        var id = running();
        instances.stop(caller, List.of(id), false);
        instances.stop(caller, List.of(id), true);
        assertThat(spec(id).stop()).isEqualTo(StopMode.FORCE);
    }

    @Test
    void anEndThatTakesTooLongIsAskedForAgain() {
        var id = running();
        instances.terminate(caller, List.of(id));
        var before = spec(id).generation();
        world.letDeadlinePass(id);
        deadlines.pass();
        assertThat(spec(id).generation()).isEqualTo(before.next());
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        host.report(new DocumentKey(DocumentKind.INSTANCE, id.value()), before, State.GONE, null);
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        host.converge();
        world.assertState(caller, id, InstanceState.TERMINATED);
    }

    @Test
    void aLaunchOnAHostThatWentAwayEndsAtOnceAndHoldsWhatItHolds() {
        var id = world.launch(caller, image).id();
        world.vanish(host);
        world.assertState(caller, id, InstanceState.TERMINATED);
        assertThat(reasonCode(id)).isEqualTo("Server.InternalError");
        assertThat(host.claimed().getFirst()).isEqualTo(2);
        assertThat(world.count("private_address p JOIN subnet s ON s.id = p.subnet WHERE s.account = '"
                        + caller.account() + "'"))
                .isEqualTo(1);
        host.converge();
        host.converge();
        assertNothingHeld();
    }

    @Test
    void whatHasRunOnAHostThatWentAwayIsLeftAlone() {
        var id = running();
        world.vanish(host);
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(statuses.describe(caller, Query.ALL, false)
                        .items()
                        .getFirst()
                        .systemCheck())
                .isEqualTo(StatusCheck.IMPAIRED);
        instances.terminate(caller, List.of(id));
        world.assertState(caller, id, InstanceState.SHUTTING_DOWN);
        world.letDeadlinePass(id);
        deadlines.pass();
        world.assertState(caller, id, InstanceState.TERMINATED);
        assertThat(host.document(id)).get().extracting(HostDocument::presence).isEqualTo(Presence.ABSENT);
        host.converge();
        host.converge();
        assertNothingHeld();
    }

    @Test
    void reportsThatComeLateOrTwiceChangeNothing() {
        var id = running();
        var key = new DocumentKey(DocumentKind.INSTANCE, id.value());
        instances.stop(caller, List.of(id), false);
        host.report(key, Generation.FIRST, State.READY, null);
        world.assertState(caller, id, InstanceState.STOPPING);
        host.converge();
        host.report(key, Generation.FIRST, State.POWERED_OFF, null);
        host.report(key, Generation.FIRST, State.READY, null);
        world.assertState(caller, id, InstanceState.STOPPED);
        instances.start(caller, List.of(id));
        host.report(key, new Generation(2), State.STOPPED, null);
        world.assertState(caller, id, InstanceState.PENDING);
        host.converge();
        host.report(key, new Generation(3), State.GONE, null);
        world.assertState(caller, id, InstanceState.RUNNING);
    }

    @Test
    void aProtectedInstanceStays() {
        var id = running(LaunchRequests.of(image).protect());
        refused(ErrorCode.OPERATION_NOT_PERMITTED, () -> instances.terminate(caller, List.of(id)));
        world.assertState(caller, id, InstanceState.RUNNING);
    }

    @Test
    void refusesWhatTheStateDoesNotAllow() {
        var id = world.launch(caller, image).id();
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> instances.stop(caller, List.of(id), false));
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> verbs.reboot(caller, List.of(id)));
        refused(
                ErrorCode.INSTANCE_NOT_FOUND,
                () -> instances.terminate(caller, List.of(id, new InstanceId("i-00000000000000009"))));
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> instances.terminate(world.tenant(), List.of(id)));
        world.assertState(caller, id, InstanceState.PENDING);
        instances.terminate(caller, List.of(id));
        assertThat(instances.terminate(caller, List.of(id)))
                .containsExactly(new InstanceStateChange(id, InstanceState.SHUTTING_DOWN, InstanceState.SHUTTING_DOWN));
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> instances.start(caller, List.of(id)));
    }

    @Test
    void aVolumeThatStaysOutlivesItsInstance() {
        var id = running(LaunchRequests.of(image).disks(new DiskRequest(null, 3, null, null, null, false)));
        var volume = show(id).volumes().getFirst().id();
        instances.terminate(caller, List.of(id));
        host.converge();
        world.assertState(caller, id, InstanceState.TERMINATED);
        assertThat(host.document(volume))
                .get()
                .extracting(HostDocument::presence)
                .isEqualTo(Presence.PRESENT);
        assertThat(host.claimed()).containsExactly(0L, 0L, 3 * GIB);
        assertThat(world.count("volume WHERE state = 'AVAILABLE' AND id = '" + volume + "'"))
                .isEqualTo(1);
        var next = running();
        instances.stop(caller, List.of(next), false);
        host.converge();
        attachments.attach(caller, volume, next, DeviceName.of("/dev/sdf"));
        assertThat(spec(next).disks()).extracting(DiskSpec::volume).endsWith(volume);
    }

    @Test
    void aVolumeThatStaysAndIsNotMadeYetOutlivesItsInstanceToo() {
        var request = LaunchRequests.of(image).disks(new DiskRequest(null, null, null, null, null, false));
        var view = launches.run(caller, request.build()).instances().getFirst();
        instances.terminate(caller, List.of(view.id()));
        host.report(view.id(), State.GONE);
        assertThat(world.count("volume WHERE state = 'AVAILABLE' AND id = '"
                        + view.volumes().getFirst().id() + "'"))
                .isEqualTo(1);
    }

    @Test
    void aRebootIsAskedForOnce() {
        var id = running();
        verbs.reboot(caller, List.of(id));
        assertThat(host.documents()).anyMatch(d -> d.key().kind() == DocumentKind.OPERATION);
        host.converge();
        assertThat(host.documents()).noneMatch(d -> d.key().kind() == DocumentKind.OPERATION);
        assertThat(history.of(caller.account(), id.value()))
                .extracting(HistoryEntry::event)
                .endsWith("reboot requested", "reboot done");
    }
}
