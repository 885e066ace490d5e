package io.croft.controller.blockstorage.move;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotQuery;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.VolumeUploads;
import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.VolumeChange;
import io.croft.controller.blockstorage.volume.VolumeModifications;
import io.croft.controller.blockstorage.volume.VolumeMoveState;
import io.croft.controller.blockstorage.volume.VolumeMoves;
import io.croft.controller.blockstorage.volume.VolumeMoves.MoveView;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeState;
import io.croft.controller.blockstorage.volume.VolumeTransitionCoverage;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Presence;
import io.croft.protocol.SnapshotSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Types;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Volumes on their way to other hosts, by the documents and the words of both. */
@ComputeTest
class VolumeMovesIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long GIB = 1L << 30;
    private static final DeviceName SDF = DeviceName.of("/dev/sdf");
    private static final Failure NEVER = new Failure(Failure.Code.STORAGE, "a disk fails", false);
    private static final Failure FULL = new Failure(Failure.Code.DISK_FULL, "no room", true);

    @Autowired
    ComputeWorld world;

    @Autowired
    Volumes volumes;

    @Autowired
    VolumeModifications modifications;

    @Autowired
    VolumeMoves moves;

    @Autowired
    MoveVolumes operator;

    @Autowired
    MoveLoop loop;

    @Autowired
    VolumeAttachments attachments;

    @Autowired
    VolumeSnapshots taking;

    @Autowired
    VolumeUploads uploads;

    @Autowired
    Snapshots snapshots;

    @Autowired
    Instances instances;

    @Autowired
    LostHosts lost;

    @Autowired
    History history;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private ImageId image;
    private ScriptedHost first;
    private ScriptedHost second;

    /** The volume's instance is on the first host, another's on the second. */
    private InstanceId here;

    private InstanceId there;
    private VolumeId volume;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        first = world.onlyHost(8);
        here = running(first);
        volume = volumes.create(
                        caller,
                        new Volumes.Wish(new VolumeShape(VolumeType.GP3, 3, null, null), "us-east-1a", Map.of()),
                        null)
                .id();
        attachments.attach(caller, volume, here, SDF);
        first.converge();
        attachments.detach(caller, volume, null, null, false);
        first.converge();
        assertThat(show().state()).isEqualTo(VolumeState.AVAILABLE);
        cordon(first, "full");
        second = world.anotherHost(8);
        there = running(second);
        cordon(first, null);
    }

    @AfterAll
    static void everyTransitionWasMade() {
        VolumeTransitionCoverage.assertMovesComplete();
    }

    private void cordon(ScriptedHost host, @Nullable String why) {
        jdbc.sql("UPDATE host SET cordon = :why WHERE id = :host")
                .param("why", why, Types.VARCHAR)
                .param("host", host.id().value())
                .update();
    }

    private InstanceId running(ScriptedHost host) {
        var id = world.launch(caller, image).id();
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        return id;
    }

    private VolumeView show() {
        return volumes.require(caller, volume);
    }

    private Optional<VolumeMoveState> move() {
        return Optional.ofNullable(moves.all().get(volume)).map(MoveView::state);
    }

    private AttachmentState attached() {
        return Objects.requireNonNull(show().attachment()).state();
    }

    private VolumeSpec spec(ScriptedHost host) {
        return (VolumeSpec) host.document(volume).orElseThrow();
    }

    private List<VolumeId> disks() {
        return ((InstanceSpec) second.document(there).orElseThrow())
                .disks().stream().map(DiskSpec::volume).toList();
    }

    private SnapshotSpec carrier(ScriptedHost host) {
        var carrier = jdbc.sql("SELECT carrier FROM volume_move WHERE volume = ?")
                .param(volume.value())
                .query((row, _) -> new SnapshotId(row.getString("carrier")))
                .single();
        return (SnapshotSpec) host.document(carrier).orElseThrow();
    }

    private List<String> events(String id) {
        return history.of(caller.account(), id).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    /** The first host takes the copy and sends all of it: zeros. */
    private SnapshotId copy() {
        return copy(first);
    }

    private SnapshotId copy(ScriptedHost from) {
        var carrier = carrier(from).id();
        from.report(carrier, State.READY);
        send(carrier);
        await().atMost(SOON).until(() -> move().equals(Optional.of(VolumeMoveState.FILLING)));
        return carrier;
    }

    private void send(SnapshotId carrier) {
        try {
            var nothing = MessageDigest.getInstance("SHA-256").digest();
            uploads.lacking(carrier, 0, 3 * 2048, new TreeMap<>());
            assertThat(uploads.complete(carrier, HexFormat.of().formatHex(nothing)))
                    .isTrue();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitEnded() {
        await().atMost(SOON).until(() -> move().isEmpty());
    }

    /** Until nothing is left of what carried the volume, nor of the volume on the host. */
    private void awaitNothingLeft(ScriptedHost host, SnapshotId carrier) {
        await().atMost(SOON).until(() -> {
            first.converge();
            second.converge();
            return host.document(volume).isEmpty()
                    && first.document(carrier).isEmpty()
                    && world.count("snapshot WHERE id = '" + carrier + "'") == 0;
        });
        assertThat(world.count("volume_leftover WHERE volume = '" + volume + "'"))
                .isZero();
        assertThat(world.count("host_claim WHERE holder = '" + volume + "'")).isEqualTo(1);
    }

    @Test
    void isAttachedToAMachineOfAnotherHostOnceThatHasIt() {
        var before = first.claimed();
        var disk = second.claimed().get(2);
        attachments.attach(caller, volume, there, SDF);
        assertThat(show()).returns(VolumeState.IN_USE, VolumeView::state).returns(true, VolumeView::moving);
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHING);
        assertThat(disks()).doesNotContain(volume);
        assertThat(second.claimed().get(2)).isEqualTo(disk + 3 * GIB);
        assertThat(snapshots
                        .describe(caller, SnapshotQuery.own(caller.account(), Query.ofIds(List.of())))
                        .items())
                .isEmpty();
        refused(
                ErrorCode.SNAPSHOT_NOT_FOUND,
                () -> snapshots.delete(caller, carrier(first).id()));
        refused(ErrorCode.VOLUME_IN_USE, () -> volumes.delete(caller, volume));
        second.converge();
        first.converge();
        assertThat(attached()).as("it is in no machine yet").isEqualTo(AttachmentState.ATTACHING);

        var carrier = copy();
        assertThat(spec(second)).returns(carrier, VolumeSpec::snapshot).returns(Presence.PRESENT, VolumeSpec::presence);
        assertThat(spec(first).presence()).as("until the other is proved").isEqualTo(Presence.PRESENT);
        assertThat(disks()).doesNotContain(volume);
        first.converge();
        loop.pass();
        assertThat(move()).as("the first host says nothing of it").contains(VolumeMoveState.FILLING);
        second.report(volume, State.PENDING);
        loop.pass();
        assertThat(move()).contains(VolumeMoveState.FILLING);

        second.report(volume, State.READY);
        awaitEnded();
        assertThat(spec(second)).returns(null, VolumeSpec::snapshot);
        assertThat(spec(first).presence()).isEqualTo(Presence.ABSENT);
        assertThat(first.claimed()).as("until it is proved gone").isEqualTo(before);
        assertThat(disks()).contains(volume);
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHING);
        second.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
        awaitNothingLeft(first, carrier);
        assertThat(first.claimed().get(2)).isEqualTo(before.get(2) - 3 * GIB);
        assertThat(show())
                .returns(second.id(), VolumeView::host)
                .returns(false, VolumeView::moving)
                .returns(null, VolumeView::snapshot);
        assertThat(events(volume.value())).contains("moving", "copied", "moved", "attached");
    }

    @Test
    void aStoppedInstanceStartsOnceItsVolumeIsThere() {
        instances.stop(caller, List.of(there), false);
        second.converge();
        attachments.attach(caller, volume, there, SDF);
        first.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
        refused(ErrorCode.INCORRECT_STATE, () -> instances.start(caller, List.of(there)));
        copy();
        refused(ErrorCode.INCORRECT_STATE, () -> instances.start(caller, List.of(there)));
        second.report(volume, State.READY);
        awaitEnded();
        instances.start(caller, List.of(there));
        second.converge();
        world.assertState(caller, there, InstanceState.RUNNING);
        assertThat(disks()).contains(volume);
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
    }

    @Test
    void aStopMeanwhileIsNoHindrance() {
        attachments.attach(caller, volume, there, SDF);
        instances.stop(caller, List.of(there), false);
        second.converge();
        world.assertState(caller, there, InstanceState.STOPPED);
        copy();
        second.report(volume, State.READY);
        awaitEnded();
        second.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(disks()).contains(volume);
    }

    @Test
    void detachedWhileItIsCopiedOrMadeItIsWhereItWas() {
        attachments.attach(caller, volume, there, SDF);
        var carrier = carrier(first).id();
        assertThat(attachments.detach(caller, volume, null, null, false).state())
                .isEqualTo(AttachmentState.DETACHED);
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(first.id(), VolumeView::host);
        assertThat(move()).isEmpty();
        awaitNothingLeft(second, carrier);

        attachments.attach(caller, volume, there, SDF);
        var next = copy();
        var told = spec(second).generation();
        attachments.detach(caller, volume, null, null, false);
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(first.id(), VolumeView::host);
        assertThat(spec(second)).returns(Presence.ABSENT, VolumeSpec::presence);
        assertThat(told.olderThan(spec(second).generation())).isTrue();
        assertThat(spec(first)).returns(Presence.PRESENT, VolumeSpec::presence).returns(null, VolumeSpec::snapshot);
        second.report(spec(second).key(), told, State.READY, null);
        loop.pass();
        assertThat(show().host()).as("a late word of what is given up").isEqualTo(first.id());
        refused(ErrorCode.UNAVAILABLE, () -> attachments.attach(caller, volume, there, SDF));
        awaitNothingLeft(second, next);
        attachments.attach(caller, volume, here, SDF);
        first.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
    }

    @Test
    void anotherHostThatCannotMakeItHasItNot() {
        attachments.attach(caller, volume, there, SDF);
        var carrier = copy();
        second.report(volume, State.PENDING, FULL);
        await().atMost(SOON).until(() -> events(volume.value()).contains("waiting"));
        assertThat(move()).contains(VolumeMoveState.FILLING);
        assertThat(Objects.requireNonNull(moves.all().get(volume)).failure()).contains("no room");
        second.report(volume, State.FAILED, NEVER);
        awaitEnded();
        assertThat(show())
                .returns(VolumeState.AVAILABLE, VolumeView::state)
                .returns(first.id(), VolumeView::host)
                .returns(null, VolumeView::attachment);
        assertThat(events(volume.value())).contains("move given up", "attaching failed");
        assertThat(events(there.value())).contains("volume attaching failed");
        world.assertState(caller, there, InstanceState.RUNNING);
        awaitNothingLeft(second, carrier);
    }

    @Test
    void patienceEnds() {
        operator.move(volume, second.id());
        copy();
        second.report(volume, State.PENDING, FULL);
        await().atMost(SOON).until(() -> events(volume.value()).contains("waiting"));
        jdbc.sql("UPDATE volume_move SET failing_since = failing_since - interval '11 minutes' WHERE volume = ?")
                .param(volume.value())
                .update();
        awaitEnded();
        assertThat(show().host()).isEqualTo(first.id());
    }

    @Test
    void aCopyThatCannotBeHadIsGivenUp() {
        attachments.attach(caller, volume, there, SDF);
        var carrier = carrier(first).id();
        first.report(carrier, State.FAILED, NEVER);
        awaitEnded();
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(first.id(), VolumeView::host);
        awaitNothingLeft(second, carrier);
    }

    @Test
    void aLostHostOfTheCopyLeavesItThere() {
        attachments.attach(caller, volume, there, SDF);
        var carrier = carrier(first).id();
        first.report(carrier, State.READY);
        world.vanish(first);
        loop.pass();
        assertThat(move()).contains(VolumeMoveState.COPYING);
        lost.confirmDead(first.id());
        awaitEnded();
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(first.id(), VolumeView::host);
    }

    @Test
    void copiedItNeedsItsFirstHostNoMore() {
        attachments.attach(caller, volume, there, SDF);
        copy();
        world.vanish(first);
        lost.confirmDead(first.id());
        second.report(volume, State.READY);
        awaitEnded();
        second.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(spec(first).presence())
                .as("for it to carry out when it comes back")
                .isEqualTo(Presence.ABSENT);
        assertThat(world.count("volume_leftover WHERE volume = '" + volume + "'"))
                .isEqualTo(1);
    }

    @Test
    void aLostHostGetsNothing() {
        attachments.attach(caller, volume, there, SDF);
        copy();
        world.vanish(second);
        loop.pass();
        assertThat(move()).contains(VolumeMoveState.FILLING);
        lost.confirmDead(second.id());
        awaitEnded();
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(first.id(), VolumeView::host);
        attachments.attach(caller, volume, here, SDF);
        first.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
    }

    @Test
    void goesWithItsInstanceNoFurther() {
        attachments.attach(caller, volume, there, SDF);
        var carrier = copy();
        instances.terminate(caller, List.of(there));
        second.converge();
        world.assertState(caller, there, InstanceState.TERMINATED);
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(first.id(), VolumeView::host);
        awaitNothingLeft(second, carrier);
    }

    @Test
    void deletedOnItsWayItIsGoneFromBoth() {
        operator.move(volume, second.id());
        var carrier = copy();
        volumes.delete(caller, volume);
        await().atMost(SOON).until(() -> {
            first.converge();
            second.converge();
            return first.document(volume).isEmpty()
                    && second.document(volume).isEmpty()
                    && world.count("snapshot WHERE id = '" + carrier + "'") == 0;
        });
        assertThat(world.count("volume WHERE id = '" + volume + "'")).isZero();
        assertThat(world.count("host_claim WHERE holder = '" + volume + "'")).isZero();
    }

    @Test
    void itsSnapshotsAreTakenWhereItIs() {
        operator.move(volume, second.id());
        refused(ErrorCode.INCORRECT_STATE, () -> modifications.modify(caller, volume, grow()));
        copy();
        refused(ErrorCode.INCORRECT_STATE, () -> modifications.modify(caller, volume, grow()));
        var taken =
                taking.create(caller, volume, "of what carries it", Map.of()).id();
        await().atMost(SOON).until(() -> snapshots.require(caller, taken).state() == SnapshotState.COMPLETED);
        second.report(volume, State.READY);
        awaitEnded();
        assertThat(snapshots.require(caller, taken).volume()).isEqualTo(volume.value());
    }

    private static VolumeChange grow() {
        return new VolumeChange(4, null, null, null);
    }

    @Test
    void theOperatorMovesWhatIsDetached() {
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> operator.move(new VolumeId("vol-0123456789abcdef0"), second.id()));
        refused(ErrorCode.INCORRECT_STATE, () -> operator.move(volume, first.id()));
        var root = world.show(caller, here).volumes().getFirst().id();
        refused(ErrorCode.VOLUME_IN_USE, () -> operator.move(root, second.id()));
        second.can();
        refused(ErrorCode.UNSUPPORTED_OPERATION, () -> operator.move(volume, second.id()));
        refused(ErrorCode.UNSUPPORTED_OPERATION, () -> attachments.attach(caller, volume, there, SDF));
        assertThat(show().state()).isEqualTo(VolumeState.AVAILABLE);
        var third = world.anotherHost(8);
        operator.move(volume, third.id());
        operator.move(volume, third.id());
        assertThat(show().state()).isEqualTo(VolumeState.AVAILABLE);
        var carrier = copy();
        assertThat(Objects.requireNonNull(moves.all().get(volume)))
                .returns(first.id(), MoveView::from)
                .returns(third.id(), MoveView::to)
                .returns(50, MoveView::progress);
        operator.move(volume, first.id());
        assertThat(move()).as("it stays").isEmpty();
        await().atMost(SOON).until(() -> {
            first.converge();
            third.converge();
            return third.document(volume).isEmpty() && first.document(carrier).isEmpty();
        });
        operator.move(volume, third.id());
        copy();
        third.report(volume, State.READY);
        awaitEnded();
        assertThat(show()).returns(VolumeState.AVAILABLE, VolumeView::state).returns(third.id(), VolumeView::host);
    }

    /** It would take that for the volume. */
    @Test
    void goesToNoHostThatHasAnotherCopyOfIt() {
        operator.move(volume, second.id());
        second.keepsNameless(volume);
        var carrier = carrier(first).id();
        first.report(carrier, State.READY);
        send(carrier);
        awaitEnded();
        assertThat(show().host()).isEqualTo(first.id());
        refused(ErrorCode.INCORRECT_STATE, () -> attachments.attach(caller, volume, there, SDF));
    }

    @Test
    void whoAttachesItElsewhereHasItThere() {
        operator.move(volume, second.id());
        attachments.attach(caller, volume, there, SDF);
        assertThat(move()).as("goes on").contains(VolumeMoveState.COPYING);
        attachments.detach(caller, volume, null, null, false);
        operator.move(volume, second.id());
        copy();
        attachments.attach(caller, volume, here, SDF);
        assertThat(move()).isEmpty();
        first.converge();
        assertThat(attached()).isEqualTo(AttachmentState.ATTACHED);
        assertThat(show().host()).isEqualTo(first.id());
    }
}
