package io.croft.controller.blockstorage.attachment;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeState;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.VolumeView.Attachment;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.identity.AccountDeletions;
import io.croft.controller.identity.AccountEnds;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Presence;
import io.croft.protocol.VolumeSpec;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Volumes that are made by themselves: in and out of instances that are stopped, by the documents of the host. */
@ComputeTest
@Import(AccountEnds.class)
class VolumeAttachmentsIT {
    private static final long GIB = 1L << 30;
    private static final DeviceName SDF = DeviceName.of("/dev/sdf");

    @Autowired
    ComputeWorld world;

    @Autowired
    Volumes volumes;

    @Autowired
    VolumeAttachments attachments;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    Quotas quotas;

    @Autowired
    History history;

    @Autowired
    AccountDeletions deletions;

    @Autowired
    AccountEnds ends;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(8);
    }

    private VolumeId create(int gib) {
        return volumes.create(caller, wish(gib, VolumeType.GP3), null).id();
    }

    private static Volumes.Wish wish(int gib, VolumeType type) {
        return new Volumes.Wish(new VolumeShape(type, gib, null, null), "us-east-1a", Map.of("a", "b"));
    }

    private InstanceId running() {
        var id = world.launch(caller, image).id();
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        return id;
    }

    private InstanceId stopped() {
        var id = running();
        stop(id);
        return id;
    }

    private void stop(InstanceId id) {
        instances.stop(caller, List.of(id), false);
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
    }

    private VolumeView show(VolumeId id) {
        return volumes.require(caller, id);
    }

    private Attachment attachment(VolumeId id) {
        return Objects.requireNonNull(show(id).attachment());
    }

    private List<VolumeId> disks(InstanceId id) {
        return ((InstanceSpec) host.document(id).orElseThrow())
                .disks().stream().map(DiskSpec::volume).toList();
    }

    private VolumeId root(InstanceId id) {
        return world.show(caller, id).volumes().getFirst().id();
    }

    @Test
    void isMadeWhereItIsFirstAttachedAndStaysThere() {
        var data = create(3);
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
        assertThat(show(data).host()).isNull();
        assertThat(show(data).tags()).containsEntry("a", "b");
        assertThat(host.documents()).isEmpty();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);

        var first = stopped();
        var attached = attachments.attach(caller, data, first, SDF);
        assertThat(attached.state()).isEqualTo(VolumeState.IN_USE);
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.ATTACHING);
        assertThat(attachment(data).deleteOnTermination()).isFalse();
        var spec = (VolumeSpec) host.document(data).orElseThrow();
        assertThat(spec.sizeBytes()).isEqualTo(3 * GIB);
        assertThat(spec.image()).isNull();
        assertThat(disks(first)).containsExactly(root(first), data);
        assertThat(host.claimed()).containsExactly(0L, 0L, 5 * GIB);

        host.report(new DocumentKey(DocumentKind.VOLUME, data.value()), Generation.FIRST, State.READY, null);
        assertThat(attachment(data).state()).as("told of what was before").isEqualTo(AttachmentState.ATTACHING);
        host.converge();
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(show(data).host()).isEqualTo(host.id());

        instances.start(caller, List.of(first));
        host.converge();
        world.assertState(caller, first, InstanceState.RUNNING);
        refused(ErrorCode.VOLUME_IN_USE, () -> volumes.delete(caller, data));
        stop(first);
        assertThat(attachments.detach(caller, data, first, SDF, false).state()).isEqualTo(AttachmentState.DETACHED);
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
        assertThat(disks(first)).containsExactly(root(first));
        assertThat(host.claimed()).containsExactly(0L, 0L, 5 * GIB);

        var second = stopped();
        attachments.attach(caller, data, second, SDF);
        host.converge();
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(disks(second)).containsExactly(root(second), data);
        assertThat(history.of(caller.account(), data.value()))
                .extracting(HistoryEntry::event)
                .containsExactly("created", "attached", "detached", "attached");
        assertThat(history.of(caller.account(), first.value()))
                .extracting(HistoryEntry::event)
                .contains("volume attached", "volume detached");

        attachments.detach(caller, data, null, null, false);
        volumes.delete(caller, data);
        assertThat(show(data).state()).isEqualTo(VolumeState.DELETING);
        refused(ErrorCode.INCORRECT_STATE, () -> volumes.delete(caller, data));
        refused(ErrorCode.INCORRECT_STATE, () -> attachments.attach(caller, data, second, SDF));
        assertThat(host.document(data).orElseThrow().presence()).isEqualTo(Presence.ABSENT);
        host.converge();
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> show(data));
        assertThat(host.claimed()).containsExactly(0L, 0L, 4 * GIB);
    }

    @Test
    void goesInAndOutOfAMachineThatRuns() {
        var other = stopped();
        var id = running();
        var root = root(id);
        var data = create(1);
        assertThat(attachments.attach(caller, data, id, SDF).state()).isEqualTo(VolumeState.IN_USE);
        assertThat(disks(id)).containsExactly(root, data);
        host.report(data, State.READY);
        assertThat(attachment(data).state()).as("there, and in no machine").isEqualTo(AttachmentState.ATTACHING);
        host.report(id, State.READY);
        holds(id, root);
        assertThat(attachment(data).state()).as("not seen in it").isEqualTo(AttachmentState.ATTACHING);
        holds(id, root, data);
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.ATTACHED);

        refused(ErrorCode.OPERATION_NOT_PERMITTED, () -> attachments.detach(caller, root, null, null, false));
        refused(ErrorCode.UNSUPPORTED_OPERATION, () -> attachments.detach(caller, data, null, null, true));
        for (var time = 0; time < 2; time++) {
            assertThat(attachments.detach(caller, data, id, SDF, false).state()).isEqualTo(AttachmentState.DETACHING);
        }
        assertThat(disks(id)).containsExactly(root);
        holds(id, root, data);
        host.report(id, State.READY);
        assertThat(attachment(data).state()).as("its guest clings to it").isEqualTo(AttachmentState.DETACHING);
        refused(ErrorCode.VOLUME_IN_USE, () -> attachments.attach(caller, data, other, SDF));
        refused(ErrorCode.VOLUME_IN_USE, () -> volumes.delete(caller, data));
        holds(id, root);
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
        assertThat(show(data).attachment()).isNull();
        holds(id, root, data);
        assertThat(show(data).attachment()).as("seen late").isNull();
        assertThat(history.of(caller.account(), data.value()))
                .extracting(HistoryEntry::event)
                .containsExactly("created", "attaching", "attached", "detaching", "detaching", "detached");
    }

    @Test
    void isGivenUpByAMachineThatRunsWhenItCannotBeMade() {
        var id = running();
        var data = create(1);
        attachments.attach(caller, data, id, SDF);
        host.report(data, State.FAILED, new Failure(Failure.Code.DISK_FULL, "full", false));
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.DETACHING);
        assertThat(disks(id)).containsExactly(root(id));
        holds(id, root(id));
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
        var late = host.document(data).orElseThrow();
        attachments.attach(caller, data, id, SDF);
        var full = new Failure(Failure.Code.DISK_FULL, "full", false);
        host.report(late.key(), late.generation(), State.FAILED, full);
        assertThat(attachment(data).state()).as("told of the last time").isEqualTo(AttachmentState.ATTACHING);
        holds(id, root(id), data);
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(history.of(caller.account(), data.value()))
                .extracting(HistoryEntry::event)
                .contains("attaching failed");
    }

    /** Also by an agent that is too old to tell what a machine holds. */
    @Test
    void isFreeOrAttachedOnceTheMachineIsOff() {
        var id = running();
        var leaving = create(1);
        attachments.attach(caller, leaving, id, SDF);
        holds(id, root(id), leaving);
        attachments.detach(caller, leaving, null, null, false);
        var coming = create(1);
        attachments.attach(caller, coming, id, DeviceName.of("/dev/sdg"));
        instances.stop(caller, List.of(id), true);
        host.report(id, State.STOPPED);
        assertThat(show(leaving).state()).isEqualTo(VolumeState.AVAILABLE);
        assertThat(attachment(coming).state()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(disks(id)).containsExactly(root(id), coming);
    }

    @Test
    void staysInMemoryThatIsSavedUntilItIsRestored() {
        var request = LaunchRequests.of(image).hibernation().build();
        var id = launches.run(caller, request).instances().getFirst().id();
        host.converge();
        var data = create(1);
        attachments.attach(caller, data, id, SDF);
        host.converge();
        attachments.detach(caller, data, null, null, false);
        instances.hibernate(caller, List.of(id));
        var saved = List.of(root(id), data);
        host.report(
                id, o -> new ObservedDocument(o.key(), o.generation(), State.STOPPED, null, o.since()).holding(saved));
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.DETACHING);
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> attachments.detach(caller, data, null, null, false));
        instances.start(caller, List.of(id));
        host.converge();
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
    }

    @Test
    void isFreeOnceTheInstanceThatHadItIsGone() {
        var id = running();
        var data = create(1);
        attachments.attach(caller, data, id, SDF);
        holds(id, root(id), data);
        attachments.detach(caller, data, null, null, false);
        instances.terminate(caller, List.of(id));
        assertThat(disks(id))
                .as("by which its host takes the machine down first")
                .contains(data);
        holds(id, root(id));
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.DETACHING);
        host.converge();
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
    }

    /** The instance's machine runs and holds these. */
    private void holds(InstanceId id, VolumeId... held) {
        host.report(id, seen -> seen.holding(List.of(held)));
    }

    @Test
    void hasOnePlaceAndNoneThatIsTaken() {
        var id = stopped();
        var data = create(1);
        for (var taken : List.of("/dev/sda1", "/dev/xvda", "/dev/vda")) {
            refused(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    () -> attachments.attach(caller, data, id, DeviceName.of(taken)));
        }
        for (var none : List.of("sdf", "/dev/", "/dev/sdF", "/dev/sdf16", "/dev/nvme1n1", "/dev/sd f")) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> DeviceName.of(none));
        }
        attachments.attach(caller, data, id, SDF);
        refused(ErrorCode.VOLUME_IN_USE, () -> attachments.attach(caller, data, id, DeviceName.of("/dev/sdg")));
        var other = create(1);
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> attachments.attach(caller, other, id, DeviceName.of("/dev/xvdf")));
        attachments.attach(caller, other, id, DeviceName.of("/dev/xvdba"));
        refused(
                ErrorCode.VOLUME_ATTACHMENT_NOT_FOUND,
                () -> attachments.detach(caller, data, id, DeviceName.of("/dev/sdg"), false));
        var elsewhere = stopped();
        refused(ErrorCode.VOLUME_ATTACHMENT_NOT_FOUND, () -> attachments.detach(caller, data, elsewhere, null, false));
        refused(ErrorCode.INCORRECT_STATE, () -> attachments.detach(caller, create(1), null, null, false));
    }

    @Test
    void isItsAccountsOwn() {
        var id = stopped();
        var data = create(1);
        var stranger = world.tenant();
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> attachments.attach(stranger, data, id, SDF));
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> volumes.delete(stranger, data));
        var foreign = volumes.create(stranger, wish(1, VolumeType.GP2), null).id();
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> attachments.attach(stranger, foreign, id, SDF));
        attachments.attach(caller, data, id, SDF);
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> attachments.detach(stranger, data, null, null, false));
    }

    @Test
    void staysOnItsHostUntilAnotherHasIt() {
        var here = stopped();
        var data = create(1);
        attachments.attach(caller, data, here, SDF);
        attachments.detach(caller, data, null, null, false);
        jdbc.sql("UPDATE host SET cordon = 'full' WHERE id = ?")
                .param(host.id().value())
                .update();
        var other = world.anotherHost(8);
        var there = world.launch(caller, image).id();
        other.converge();
        instances.stop(caller, List.of(there), false);
        other.converge();
        var moving = attachments.attach(caller, data, there, SDF);
        assertThat(moving.moving()).isTrue();
        assertThat(moving.host()).isEqualTo(host.id());
        attachments.detach(caller, data, null, null, false);
        var unplaced = create(1);
        refused(ErrorCode.INSUFFICIENT_VOLUME_CAPACITY, () -> attachments.attach(caller, unplaced, here, SDF));
        assertThat(show(unplaced).host()).isNull();
        attachments.attach(caller, unplaced, there, SDF);
        assertThat(other.document(unplaced)).isPresent();
        assertThat(host.document(unplaced)).isEmpty();
    }

    @Test
    void takesNoMoreThanThereIs() {
        var id = stopped();
        var huge = create(1_500);
        refused(ErrorCode.INSUFFICIENT_VOLUME_CAPACITY, () -> attachments.attach(caller, huge, id, SDF));
        assertThat(show(huge).state()).isEqualTo(VolumeState.AVAILABLE);
        volumes.delete(caller, huge);
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> show(huge));
        quotas.set(caller.account(), Quota.VOLUMES, 1);
        refused(ErrorCode.VOLUME_LIMIT_EXCEEDED, () -> create(1));
    }

    @Test
    void staysWithAnInstanceThatOnlyEverPoweredItselfOff() {
        var id = world.launch(caller, image).id();
        host.report(id, State.POWERED_OFF);
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        var data = create(1);
        attachments.attach(caller, data, id, SDF);
        host.converge();
        instances.start(caller, List.of(id));
        host.report(id, State.FAILED, new Failure(Failure.Code.HYPERVISOR, "no", false));
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        assertThat(disks(id)).as("its guest may have written to them").containsExactly(root(id), data);
        instances.terminate(caller, List.of(id));
        assertThat(attachment(data).state()).isEqualTo(AttachmentState.DETACHING);
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> attachments.detach(caller, data, null, null, false));
        host.converge();
        world.assertState(caller, id, InstanceState.TERMINATED);
        assertThat(show(data).state()).isEqualTo(VolumeState.AVAILABLE);
        assertThat(host.document(data).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
    }

    @Test
    void isBootedFromAtTheRootDeviceAlone() {
        var id = stopped();
        var root = root(id);
        attachments.detach(caller, root, id, DeviceName.of("/dev/sda1"), false);
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> instances.start(caller, List.of(id)));
        var data = create(1);
        attachments.attach(caller, data, id, DeviceName.of("/dev/sdb"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> instances.start(caller, List.of(id)));
        attachments.attach(caller, root, id, DeviceName.of("/dev/sda1"));
        assertThat(attachment(root).device()).isEqualTo("/dev/xvda");
        assertThat(disks(id)).containsExactly(root, data);
        instances.start(caller, List.of(id));
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
    }

    @Test
    void waitsForMemoryThatKnowsTheDisks() {
        var request = LaunchRequests.of(image).hibernation().build();
        var id = launches.run(caller, request).instances().getFirst().id();
        host.converge();
        instances.hibernate(caller, List.of(id));
        host.converge();
        world.assertState(caller, id, InstanceState.STOPPED);
        var data = create(1);
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> attachments.attach(caller, data, id, SDF));
        refused(ErrorCode.INCORRECT_INSTANCE_STATE, () -> attachments.detach(caller, root(id), null, null, false));
    }

    @Test
    void goesToOneOfTwo() throws Exception {
        var ids = List.of(stopped(), stopped());
        var data = create(1);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var tries = ids.stream()
                    .<Callable<Boolean>>map(id -> () -> {
                        try {
                            attachments.attach(caller, data, id, SDF);
                            return true;
                        } catch (CloudException e) {
                            assertThat(e.code()).isEqualTo(ErrorCode.VOLUME_IN_USE);
                            return false;
                        }
                    })
                    .toList();
            var won = 0;
            for (var result : threads.invokeAll(tries)) {
                won += result.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(ids).filteredOn(id -> disks(id).contains(data)).hasSize(1);
    }

    @Test
    void isMadeOnceForOneToken() {
        var made = volumes.create(caller, wish(1, VolumeType.GP3), "token");
        assertThat(volumes.create(caller, wish(1, VolumeType.GP3), "token").id())
                .isEqualTo(made.id());
        refused(
                ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH,
                () -> volumes.create(caller, wish(2, VolumeType.GP3), "token"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> create(0));
        refused(ErrorCode.INVALID_PARAMETER_COMBINATION, () -> volumes.create(caller, wish(8, VolumeType.IO1), null));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> volumes.create(caller, wish(1, VolumeType.ST1), null));
        assertThat(volumes.create(caller, wish(125, VolumeType.ST1), null).state())
                .isEqualTo(VolumeState.AVAILABLE);
    }

    @Test
    void goesWithItsAccount() {
        var placed = create(1);
        attachments.attach(caller, placed, stopped(), SDF);
        attachments.detach(caller, placed, null, null, false);
        create(1);
        deletions.delete(caller.account(), true);
        ends.pass();
        host.converge();
        ends.pass();
        host.converge();
        assertThat(world.count("volume WHERE account = '" + caller.account() + "'"))
                .isZero();
    }
}
