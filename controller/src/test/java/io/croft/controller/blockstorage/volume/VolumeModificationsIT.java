package io.croft.controller.blockstorage.volume;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.Failure;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.VolumeSpec;
import io.croft.types.ErrorCode;
import io.croft.types.Generation;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Volumes that are changed, whoever has them, by the documents of their host. */
@ComputeTest
class VolumeModificationsIT {
    private static final long GIB = 1L << 30;
    private static final DeviceName SDF = DeviceName.of("/dev/sdf");
    private static final Failure FULL = new Failure(Failure.Code.DISK_FULL, "the disk is full", false);

    @Autowired
    ComputeWorld world;

    @Autowired
    Volumes volumes;

    @Autowired
    VolumeModifications modifications;

    @Autowired
    VolumeAttachments attachments;

    @Autowired
    Instances instances;

    @Autowired
    Quotas quotas;

    @Autowired
    History history;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(8);
    }

    private VolumeId create(VolumeShape shape) {
        return volumes.create(caller, new Volumes.Wish(shape, "us-east-1a", Map.of()), null)
                .id();
    }

    private static VolumeShape gp3(int gib) {
        return new VolumeShape(VolumeType.GP3, gib, null, null);
    }

    private InstanceId running() {
        var id = world.launch(caller, image).id();
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        return id;
    }

    private VolumeId root(InstanceId id) {
        return world.show(caller, id).volumes().getFirst().id();
    }

    private VolumeModification grow(VolumeId id, int gib) {
        return modifications.modify(caller, id, new VolumeChange(gib, null, null, null));
    }

    private VolumeModification shown(VolumeId id) {
        return modifications.require(caller, id);
    }

    private VolumeSpec document(VolumeId id) {
        return (VolumeSpec) host.document(id).orElseThrow();
    }

    private List<String> events(VolumeId id) {
        return history.of(caller.account(), id.value()).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    @Test
    void growsInAMachineThatRunsOnceItsHostSaysSo() {
        var root = root(running());
        var begun = grow(root, 5);
        assertThat(begun.state()).isEqualTo(VolumeModificationState.MODIFYING);
        assertThat(begun.progress()).isZero();
        assertThat(begun.ended()).isNull();
        assertThat(begun.original().sizeGib()).isEqualTo(2);
        assertThat(begun.target().sizeGib()).isEqualTo(5);
        assertThat(volumes.require(caller, root).shape().sizeGib()).isEqualTo(5);
        assertThat(document(root).sizeBytes()).isEqualTo(5 * GIB);
        assertThat(host.claimed().getLast()).isEqualTo(5 * GIB);
        refused(ErrorCode.INCORRECT_MODIFICATION_STATE, () -> grow(root, 6));

        host.report(new DocumentKey(DocumentKind.VOLUME, root.value()), Generation.FIRST, State.READY, null);
        assertThat(shown(root).ended()).as("told of what was before").isNull();
        host.report(root, State.FAILED, new Failure(Failure.Code.HYPERVISOR, "busy", true));
        assertThat(shown(root).ended()).as("tried again").isNull();
        host.report(root, State.READY);
        assertThat(shown(root).state()).isEqualTo(VolumeModificationState.COMPLETED);
        assertThat(shown(root).progress()).isEqualTo(100);
        assertThat(shown(root).ended()).isNotNull();
        var ended = shown(root).ended();
        host.converge();
        assertThat(shown(root).ended()).isEqualTo(ended);
        assertThat(events(root)).endsWith("modifying", "modified");

        grow(root, 6);
        host.converge();
        assertThat(shown(root).original().sizeGib()).isEqualTo(5);
        assertThat(shown(root).state()).isEqualTo(VolumeModificationState.COMPLETED);
    }

    @Test
    void isAgainWhatItWasWhenItsHostCannot() {
        var id = running();
        var root = root(id);
        modifications.modify(caller, root, new VolumeChange(9, VolumeType.IO1, 100, null));
        var told = document(root).generation();
        host.report(root, State.FAILED, FULL);
        var failed = shown(root);
        assertThat(failed.state()).isEqualTo(VolumeModificationState.FAILED);
        assertThat(failed.message()).contains("no room");
        assertThat(failed.target().type()).isEqualTo(VolumeType.IO1);
        assertThat(volumes.require(caller, root).shape().sizeGib()).isEqualTo(2);
        assertThat(volumes.require(caller, root).shape().type()).isEqualTo(VolumeType.GP3);
        assertThat(document(root).sizeBytes()).isEqualTo(2 * GIB);
        assertThat(document(root).generation()).isGreaterThan(told);
        assertThat(host.claimed().getLast()).isEqualTo(2 * GIB);
        host.report(new DocumentKey(DocumentKind.VOLUME, root.value()), told, State.FAILED, FULL);
        host.converge();
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(shown(root).state()).isEqualTo(VolumeModificationState.FAILED);
        assertThat(events(root)).endsWith("modifying", "modification failed");
        grow(root, 3);
        host.converge();
        assertThat(shown(root).state()).isEqualTo(VolumeModificationState.COMPLETED);
        VolumeTransitionCoverage.assertModificationsComplete();
    }

    @Test
    void ofNoHostIsChangedAtOnce() {
        var id = create(new VolumeShape(VolumeType.GP2, 10, null, null));
        refused(ErrorCode.VOLUME_MODIFICATION_NOT_FOUND, () -> shown(id));
        var changed = modifications.modify(caller, id, new VolumeChange(null, VolumeType.GP3, 4_000, 250));
        assertThat(changed.state()).isEqualTo(VolumeModificationState.COMPLETED);
        assertThat(changed.original()).isEqualTo(new VolumeShape(VolumeType.GP2, 10, 100, null));
        assertThat(changed.target()).isEqualTo(new VolumeShape(VolumeType.GP3, 10, 4_000, 250));
        assertThat(grow(id, 20).target())
                .as("what is not given stays")
                .isEqualTo(new VolumeShape(VolumeType.GP3, 20, 4_000, 250));
        assertThat(host.documents()).isEmpty();
        attachments.attach(caller, id, running(), SDF);
        assertThat(document(id).sizeBytes()).isEqualTo(20 * GIB);
    }

    @Test
    void isJudgedAsEc2Does() {
        var id = create(gp3(10));
        refusedChange(ErrorCode.MISSING_PARAMETER, id, null, null, null, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, 9, null, null, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, 65_537, null, null, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, VolumeType.ST1, null, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, VolumeType.IO1, null, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, VolumeType.IO1, 501, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_COMBINATION, id, null, VolumeType.GP2, 3_000, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, null, 2_999, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, null, 5_001, null);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, null, null, 2_001);
        refusedChange(ErrorCode.INVALID_PARAMETER_VALUE, id, null, null, null, 751);
        assertThat(events(id)).containsExactly("created");
        var root = root(running());
        refusedChange(ErrorCode.INVALID_PARAMETER_COMBINATION, root, 125, VolumeType.SC1, null, null);
        var stranger = world.tenant();
        refused(
                ErrorCode.VOLUME_NOT_FOUND,
                () -> modifications.modify(stranger, id, new VolumeChange(20, null, null, null)));
        grow(id, 11);
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> modifications.require(stranger, id));
        assertThat(modifications.describe(stranger, Query.ALL).items()).isEmpty();
        var large = new Query(List.of(), List.of(new Filter("target-size", List.of("11"))), null, null);
        assertThat(modifications.describe(caller, large).items())
                .extracting(VolumeModification::volume)
                .containsExactly(id);
    }

    private void refusedChange(
            ErrorCode code,
            VolumeId id,
            @Nullable Integer gib,
            @Nullable VolumeType type,
            @Nullable Integer iops,
            @Nullable Integer throughput) {
        refused(code, () -> modifications.modify(caller, id, new VolumeChange(gib, type, iops, throughput)));
    }

    @Test
    void takesNoMoreThanThereIs() {
        var root = root(running());
        refused(ErrorCode.INSUFFICIENT_VOLUME_CAPACITY, () -> grow(root, 2_000));
        assertThat(volumes.require(caller, root).shape().sizeGib()).isEqualTo(2);
        assertThat(host.claimed().getLast()).isEqualTo(2 * GIB);
        quotas.set(caller.account(), Quota.VOLUME_GIB, 4);
        refused(ErrorCode.VOLUME_LIMIT_EXCEEDED, () -> grow(root, 5));
        grow(root, 4);
        assertThat(host.claimed().getLast()).isEqualTo(4 * GIB);
    }

    @Test
    void oneOfManyAtOnceIsTaken() throws InterruptedException {
        var root = root(running());
        Callable<Boolean> grow = () -> {
            try {
                grow(root, 5);
                return true;
            } catch (io.croft.controller.context.CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_MODIFICATION_STATE);
                return false;
            }
        };
        try (var threads = Executors.newFixedThreadPool(4)) {
            assertThat(threads.invokeAll(List.of(grow, grow, grow, grow)).stream()
                            .filter(f -> f.resultNow())
                            .count())
                    .isEqualTo(1);
        }
        assertThat(host.claimed().getLast()).isEqualTo(5 * GIB);
    }

    @Test
    void givesAllBackWhenItIsDeleted() {
        var instance = running();
        var id = create(gp3(1));
        attachments.attach(caller, id, instance, SDF);
        host.converge();
        grow(id, 7);
        attachments.detach(caller, id, null, null, false);
        host.converge();
        assertThat(shown(id).state()).isEqualTo(VolumeModificationState.COMPLETED);
        volumes.delete(caller, id);
        refused(ErrorCode.INCORRECT_STATE, () -> grow(id, 8));
        host.converge();
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> shown(id));
        assertThat(host.claimed().getLast()).isEqualTo(2 * GIB);
    }
}
