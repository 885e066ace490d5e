package io.croft.controller.compute.image;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.context.Caller;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.image.ImageDevice;
import io.croft.controller.image.ImageState;
import io.croft.controller.image.ImageView;
import io.croft.controller.image.Images;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.ObservedDocument.State;
import io.croft.testing.TestSnapshots;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Images of instances, by the documents and the words of their host. */
@ComputeTest
class CreateImageIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    ComputeWorld world;

    @Autowired
    CreateImage creation;

    @Autowired
    ImageMakings makings;

    @Autowired
    Images images;

    @Autowired
    Snapshots snapshots;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    History history;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private ImageId blob;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        blob = world.image();
        host = world.onlyHost(8);
    }

    @AfterAll
    static void everyTransitionWasMade() {
        assertThat(MakingTransitions.TABLE.unvisited()).isEmpty();
    }

    private static DiskRequest disk(String device, int gib) {
        return new DiskRequest(device, gib, null, null, null, null);
    }

    private InstanceId running(DiskRequest... disks) {
        var request = LaunchRequests.of(blob).publicAddress(true).disks(disks).build();
        var id = launches.run(caller, request).instances().getFirst().id();
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        return id;
    }

    private static InstanceImageRequest request(InstanceId id, String name, boolean reboot, DiskRequest... disks) {
        return new InstanceImageRequest(
                id, name, "", reboot, List.of(disks), Map.of("of", "image"), Map.of("of", "snapshot"));
    }

    private ImageId create(InstanceId id, boolean reboot, DiskRequest... disks) {
        return creation.create(caller, request(id, "golden", reboot, disks));
    }

    private ImageView shown(ImageId id) {
        return images.owned(caller, id);
    }

    private InstanceSpec machine(InstanceId id) {
        return (InstanceSpec) host.document(id).orElseThrow();
    }

    private @Nullable String publicAddress(InstanceId id) {
        return world.show(caller, id).interfaces().getFirst().publicAddress();
    }

    private void complete(ImageId id) {
        shown(id).snapshots().forEach(s -> TestSnapshots.set(jdbc, s, "COMPLETED"));
        await().atMost(SOON).until(() -> shown(id).state() == ImageState.AVAILABLE);
    }

    private void overdue(ImageId id) {
        jdbc.sql("UPDATE instance_image SET deadline = now() - interval '1 second' WHERE image = ?")
                .param(id.value())
                .update();
        makings.pass();
    }

    private void awaitFailed(ImageId id, String reason) {
        await().atMost(SOON).until(() -> shown(id).state() == ImageState.FAILED);
        assertThat(shown(id).reason())
                .isNotNull()
                .satisfies(r -> assertThat(r.message()).contains(reason));
        assertThat(world.count("instance_image WHERE image = '" + id + "'")).isZero();
    }

    @Test
    void withoutARebootTheMachineRunsOn() {
        var id = running(disk("/dev/sdf", 3), disk("/dev/sdg", 4));
        var before = machine(id);
        var image = create(id, false, DiskRequest.none("/dev/sdg"), disk("/dev/sdf", 5), disk("/dev/sdh", 1));

        var pending = shown(image);
        assertThat(pending.state()).isEqualTo(ImageState.PENDING);
        assertThat(pending.origin().instance()).isEqualTo(id);
        assertThat(pending.tags()).isEqualTo(Map.of("of", "image"));
        assertThat(pending.leastVolumeGibibytes()).isEqualTo(2);
        assertThat(pending.snapshots()).hasSize(2);
        assertThat(pending.devices())
                .extracting(ImageDevice::device, d -> d.shape().sizeGib(), ImageDevice::leastGib)
                .containsExactly(tuple("/dev/sdf", 5, 3), tuple("/dev/sdh", 1, 0));
        assertThat(machine(id)).isEqualTo(before);
        refused(ErrorCode.IMAGE_UNAVAILABLE, () -> images.launchable(caller.account(), image));
        var snapshot = pending.snapshots().getFirst();
        assertThat(snapshots.require(caller, snapshot).tags()).isEqualTo(Map.of("of", "snapshot"));
        refused(ErrorCode.SNAPSHOT_IN_USE, () -> snapshots.delete(caller, snapshot));
        host.converge();
        complete(image);
        assertThat(images.launchable(caller.account(), image).snapshots()).isEqualTo(pending.snapshots());
    }

    @Test
    void withARebootItIsOfVolumesAtRest() {
        var id = running(disk("/dev/sdf", 3));
        var address = publicAddress(id);
        assertThat(address).isNotNull();
        var claimed = host.claimed();
        var image = create(id, true);

        assertThat(machine(id)).returns(Power.OFF, InstanceSpec::power).returns(StopMode.GRACEFUL, InstanceSpec::stop);
        assertThat(shown(image).snapshots()).isEmpty();
        makings.pass();
        assertThat(shown(image).snapshots()).as("before it is off").isEmpty();
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> creation.create(caller, request(id, "another", true)));

        host.report(id, State.STOPPED);
        makings.pass();
        assertThat(shown(image).snapshots()).hasSize(2);
        assertThat(machine(id).power()).as("before its snapshots are taken").isEqualTo(Power.OFF);
        makings.pass();
        assertThat(machine(id).power()).isEqualTo(Power.OFF);
        shown(image).snapshots().forEach(s -> host.report(s, State.READY));
        makings.pass();
        assertThat(machine(id).power()).isEqualTo(Power.ON);
        host.converge();
        complete(image);

        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(publicAddress(id)).isEqualTo(address);
        assertThat(host.claimed()).isEqualTo(claimed);
        assertThat(events(id))
                .containsSubsequence("machine resting", "machine to go on")
                .doesNotContain("stopping", "stopped");
        assertThat(world.count("instance_image WHERE image = '" + image + "'")).isZero();
    }

    private List<String> events(InstanceId id) {
        return history.of(caller.account(), id.value()).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    @Test
    void aStoppedInstanceIsTakenAsItIs() {
        var id = running();
        instances.stop(caller, List.of(id), false);
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> create(id, true));
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        var image = create(id, true);
        assertThat(shown(image).snapshots()).hasSize(1);
        host.converge();
        complete(image);
        world.assertState(caller, id, InstanceState.STOPPED);
    }

    @Test
    void aGuestThatDoesNotShutDownIsCutAndOneThatCannotBeGoesOn() {
        var id = running();
        var image = create(id, true);
        overdue(image);
        assertThat(machine(id)).returns(Power.OFF, InstanceSpec::power).returns(StopMode.FORCE, InstanceSpec::stop);
        assertThat(shown(image).state()).isEqualTo(ImageState.PENDING);
        overdue(image);
        awaitFailed(image, "could not be shut down");
        assertThat(machine(id).power()).isEqualTo(Power.ON);

        host.converge();
        var second = create(id, true);
        overdue(second);
        host.report(id, State.STOPPED);
        makings.pass();
        assertThat(shown(second).snapshots()).hasSize(1);
        host.converge();
        await().atMost(SOON).until(() -> machine(id).power() == Power.ON);
        complete(second);
    }

    @Test
    void whoeverEndsOrStartsTheInstanceMeanwhileHasItSo() {
        var ended = running();
        var image = create(ended, true);
        instances.terminate(caller, List.of(ended));
        makings.pass();
        awaitFailed(image, "was terminated");
        host.converge();
        world.assertState(caller, ended, InstanceState.TERMINATED);

        var stopped = running();
        var ofStopped = create(stopped, true);
        instances.stop(caller, List.of(stopped), false);
        host.report(stopped, State.STOPPED);
        world.assertState(caller, stopped, InstanceState.STOPPED);
        makings.pass();
        shown(ofStopped).snapshots().forEach(s -> host.report(s, State.READY));
        makings.pass();
        assertThat(machine(stopped).power()).isEqualTo(Power.OFF);
        complete(ofStopped);
        world.assertState(caller, stopped, InstanceState.STOPPED);
    }

    @Test
    void anImageThatNobodyWantsAnyMoreLetsTheMachineGoOn() {
        var id = running();
        var image = create(id, true);
        images.deregister(caller, image);
        makings.pass();
        assertThat(machine(id).power()).isEqualTo(Power.ON);
        assertThat(world.count("instance_image WHERE image = '" + image + "'")).isZero();
    }

    @Test
    void aSnapshotThatCannotBeTakenFailsTheImage() {
        var id = running();
        var image = create(id, false);
        TestSnapshots.set(jdbc, shown(image).snapshots().getFirst(), "ERROR");
        awaitFailed(image, "could not be made");
        images.deregister(caller, image);
    }

    @Test
    void aHostThatIsAwayMakesNone() {
        var id = running();
        var image = create(id, true);
        host.report(id, State.STOPPED);
        world.vanish(host);
        makings.pass();
        assertThat(shown(image).state()).as("it may come back").isEqualTo(ImageState.PENDING);
        overdue(image);
        awaitFailed(image, "does not answer");
        assertThat(machine(id).power()).as("once it comes back").isEqualTo(Power.ON);
        refused(ErrorCode.UNAVAILABLE, () -> creation.create(caller, request(id, "again", false)));
        assertThat(world.count("image WHERE name = 'again' AND account = '" + caller.account() + "'"))
                .isZero();
    }

    @Test
    void refusesWhatCannotBeMade() {
        var id = running(disk("/dev/sdf", 3));
        var stranger = world.tenant();
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> creation.create(stranger, request(id, "golden", false)));
        refused(ErrorCode.IMAGE_NAME_MALFORMED, () -> creation.create(caller, request(id, "x", true)));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> create(id, true, DiskRequest.none("/dev/sda1")));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> create(id, true, disk("/dev/sdf", 2)));
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> create(id, true, disk("sdf", 2)));
        refused(
                ErrorCode.SNAPSHOT_NOT_FOUND,
                () -> create(
                        id,
                        true,
                        new DiskRequest(
                                "/dev/sdg", null, null, null, null, null, null, "snap-0123456789abcdef0", null)));
        assertThat(machine(id).power()).isEqualTo(Power.ON);
        assertThat(world.count("image WHERE account = '" + caller.account() + "'"))
                .isZero();
        create(id, false);
        refused(ErrorCode.IMAGE_NAME_DUPLICATE, () -> create(id, false));
    }
}
