package io.croft.controller.blockstorage.volume;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotOrigins;
import io.croft.controller.blockstorage.snapshot.SnapshotReaders;
import io.croft.controller.blockstorage.snapshot.SnapshotSharing;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.SnapshotSweeps;
import io.croft.controller.blockstorage.snapshot.SnapshotUploads;
import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.store.Checksums;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.Query;
import io.croft.controller.context.StateDirectory;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.BlockNames;
import io.croft.protocol.Failure;
import io.croft.protocol.HostFacts;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Volumes that are made of snapshots, by the rows, the store and the words of their host. */
@ComputeTest
class VolumesOfSnapshotsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final DeviceName SDF = DeviceName.of("/dev/sdf");
    private static final SnapshotId NONE = new SnapshotId("snap-0123456789abcdef0");

    @Autowired
    ComputeWorld world;

    @Autowired
    Volumes volumes;

    @Autowired
    VolumeTable table;

    @Autowired
    RestoredVolumes restored;

    @Autowired
    VolumeAttachments attachments;

    @Autowired
    VolumeSnapshots taking;

    @Autowired
    Snapshots snapshots;

    @Autowired
    SnapshotOrigins origins;

    @Autowired
    SnapshotUploads clients;

    @Autowired
    SnapshotSharing sharing;

    @Autowired
    SnapshotSweeps sweeps;

    @Autowired
    Recovery recovery;

    @Autowired
    SnapshotStore store;

    @Autowired
    AgentOrigins agents;

    @Autowired
    Instances instances;

    @Autowired
    History history;

    @Autowired
    StateDirectory state;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        host = world.onlyHost(8);
    }

    private static byte[] block(int value) {
        var bytes = new byte[SnapshotStore.BLOCK];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private SnapshotId begin(int gib, Map<Integer, Integer> content) {
        var id = clients.start(
                        caller, new SnapshotUploads.Wish(gib, null, "", SnapshotUploads.Wish.TIMEOUT, Map.of()), null)
                .id();
        content.forEach((i, v) -> clients.put(caller, id, i, block(v), Checksums.of(block(v)), null));
        return id;
    }

    private SnapshotId snapshot(int gib, Map<Integer, Integer> content) {
        var id = begin(gib, content);
        clients.complete(caller, id, content.size(), null);
        awaitState(id, SnapshotState.COMPLETED);
        return id;
    }

    private void awaitState(SnapshotId id, SnapshotState state) {
        await().atMost(SOON).until(() -> snapshots.require(caller, id).state() == state);
    }

    private static Volumes.Wish wish(@Nullable Integer gib, SnapshotId snapshot) {
        return new Volumes.Wish(VolumeType.GP3, gib, null, null, "us-east-1a", snapshot, Map.of());
    }

    private VolumeId create(SnapshotId snapshot) {
        return volumes.create(caller, wish(null, snapshot), null).id();
    }

    private InstanceId running() {
        var id = world.launch(caller, world.image()).id();
        host.converge();
        return id;
    }

    private List<String> events(String id) {
        return history.of(caller.account(), id).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    private long rows(SnapshotId id) {
        return world.count("snapshot WHERE id = '" + id + "'");
    }

    private String lineage(SnapshotId id) {
        return jdbc.sql("SELECT lineage FROM snapshot WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .single();
    }

    private int stored(SnapshotId id, int index) {
        return store.read(new SnapshotStore.Ref(lineage(id), id), index)[SnapshotStore.BLOCK - 1];
    }

    @Test
    void itIsAsLargeAsItsSnapshotUnlessItIsToBeLarger() {
        var id = snapshot(2, Map.of(0, 1));
        var made = volumes.create(caller, wish(null, id), "token");
        assertThat(made)
                .returns(2, v -> v.shape().sizeGib())
                .returns(id, VolumeView::snapshot)
                .returns(VolumeState.AVAILABLE, VolumeView::state);
        assertThat(volumes.create(caller, wish(5, id), null).shape().sizeGib()).isEqualTo(5);
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> volumes.create(caller, wish(1, id), null));
        assertThat(volumes.describe(caller, Query.ALL.and(List.of(new Filter("snapshot-id", List.of(id.value())))))
                        .items())
                .hasSize(2);
        assertThat(history.of(caller.account(), made.id().value()).getFirst().detail())
                .contains("from " + id);

        snapshots.delete(caller, id);
        assertThat(volumes.create(caller, wish(null, id), "token").id()).isEqualTo(made.id());
        refused(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH, () -> volumes.create(caller, wish(2, id), "token"));
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> create(id));
        assertThat(volumes.require(caller, made.id()).snapshot()).isEqualTo(id);
    }

    @Test
    void whatCannotBeItsOriginIsRefused() {
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> create(NONE));
        var pending = begin(1, Map.of());
        refused(ErrorCode.INCORRECT_STATE, () -> create(pending));
        refused(
                ErrorCode.MISSING_PARAMETER,
                () -> volumes.create(
                        caller,
                        new Volumes.Wish(VolumeType.GP3, null, null, null, "us-east-1a", null, Map.of()),
                        null));
        var id = snapshot(1, Map.of());
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> volumes.create(
                        caller, new Volumes.Wish(VolumeType.ST1, null, null, null, "us-east-1a", id, Map.of()), null));
        assertThat(world.count("volume WHERE account = '" + caller.account() + "'"))
                .isZero();
    }

    @Test
    void anotherAccountsSnapshotIsOneOnlyWhileItIsShared() {
        var id = snapshot(1, Map.of());
        var stranger = world.tenant();
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> volumes.create(stranger, wish(null, id), null));
        share(id, Set.of(stranger.account()));
        assertThat(volumes.create(stranger, wish(null, id), null).shape().sizeGib())
                .isEqualTo(1);
        assertThat(origins.require(stranger, id).sizeGib()).isEqualTo(1);
        sharing.reset(caller, id);
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> volumes.create(stranger, wish(null, id), null));
        snapshots.delete(caller, id);
        assertThat(rows(id)).as("needed by the stranger's volume").isEqualTo(1);
    }

    private void share(SnapshotId id, Set<AccountId> accounts) {
        sharing.change(caller, id, new SnapshotReaders(false, accounts), SnapshotReaders.NONE);
    }

    @Test
    void whatIsDeletedMeanwhileStaysUntilEveryVolumeOfItIsFilledOrGone() {
        var instance = running();
        var id = snapshot(1, Map.of(3, 7));
        var attached = create(id);
        var deleted = create(id);
        snapshots.delete(caller, id);
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> snapshots.require(caller, id));
        assertThat(events(id.value())).endsWith("deleting", "waiting");
        assertThat(sweeps.sweep(false).left()).anyMatch(l -> l.contains(id + ": deleted. Its blocks stay"));

        attachments.attach(caller, attached, instance, SDF);
        assertThat(host.document(attached))
                .hasValueSatisfying(d -> assertThat((VolumeSpec) d)
                        .returns(id, VolumeSpec::snapshot)
                        .as("useless to an agent that cannot fill it")
                        .returns("filled:file", VolumeSpec::told)
                        .returns("file", VolumeSpec::backend));
        volumes.delete(caller, deleted);
        assertThat(rows(id)).isEqualTo(1);
        assertThat(stored(id, 3)).isEqualTo(7);
        assertThat(agents.block(host.id(), id, 3).getBody()).isEqualTo(block(7));

        host.converge();
        await().atMost(SOON).until(() -> rows(id) == 0);
        assertThat(table.find(attached).orElseThrow().filled()).isTrue();
        assertThat(host.document(attached))
                .hasValueSatisfying(d -> assertThat((VolumeSpec) d)
                        .returns(id, VolumeSpec::snapshot)
                        .as("of use to every agent")
                        .returns("file", VolumeSpec::told));
        host.converge();
        assertThat(volumes.require(caller, attached).attachment())
                .returns(
                        AttachmentState.ATTACHED, a -> Objects.requireNonNull(a).state());
        refusedNotFound(host.id(), id);
        assertThat(volumes.require(caller, attached).snapshot()).isEqualTo(id);
    }

    @Test
    void aHostReadsWhatItIsToMakeAVolumeOfAndNothingElse() {
        var instance = running();
        var id = snapshot(1, Map.of(0, 1, 5, 2, 2047, 3));
        var volume = create(id);
        refusedNotFound(host.id(), id);
        attachments.attach(caller, volume, instance, SDF);
        refusedNotFound(HostId.random(new java.util.Random()), id);

        var origin = Objects.requireNonNull(agents.origin(host.id(), id).getBody());
        assertThat(origin).returns(1L << 30, SnapshotOrigin::sizeBytes).returns(3, SnapshotOrigin::blocks);
        var page = SnapshotPage.of(
                Objects.requireNonNull(agents.page(host.id(), id, 0).getBody()));
        assertThat(page.to()).isEqualTo(2048);
        assertThat(page.blocks()).extracting(SnapshotPage.Block::index).containsExactly(0, 5, 2047);
        assertThat(page.blocks().get(1).name()).isEqualTo(new BlockNames(origin.key()).of(ByteBuffer.wrap(block(2))));
        assertThat(agents.block(host.id(), id, 5).getBody()).isEqualTo(block(2));
        assertThat(agents.block(host.id(), id, 6).getBody()).isEqualTo(block(0));
        for (var from : List.of(-1, 2048, Integer.MAX_VALUE)) {
            assertThatThrownBy(() -> agents.page(host.id(), id, from)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void refusedNotFound(HostId by, SnapshotId id) {
        refused(ErrorCode.NOT_FOUND, () -> agents.origin(by, id));
        refused(ErrorCode.NOT_FOUND, () -> agents.page(by, id, 0));
        refused(ErrorCode.NOT_FOUND, () -> agents.block(by, id, 0));
    }

    @Test
    void whatIsDamagedIsNamedAndNotTold() throws IOException {
        var instance = running();
        var id = snapshot(1, Map.of(0, 1, 5, 2));
        var volume = create(id);
        attachments.attach(caller, volume, instance, SDF);
        try (var packs = Files.list(state.directory("snapshots/packs").resolve(lineage(id)))) {
            var pack = packs.findFirst().orElseThrow();
            var bytes = Files.readAllBytes(pack);
            bytes[500] ^= 1;
            Files.write(pack, bytes);
        }
        var told = List.of(agents.block(host.id(), id, 0), agents.block(host.id(), id, 5));
        assertThat(told).anySatisfy(t -> {
            assertThat(t.getStatusCode()).isEqualTo(HttpStatus.GONE);
            assertThat(t.getBody()).isNull();
        });
        assertThat(events(id.value())).contains("damaged");

        host.report(volume, State.PENDING, new Failure(Failure.Code.BLOB_CORRUPT, "damaged", false));
        assertThat(events(volume.value())).contains("attaching failed");
        assertThat(world.show(caller, instance).state()).isEqualTo(InstanceState.RUNNING);
        snapshots.delete(caller, id);
        assertThat(rows(id)).as("the volume needs it yet").isEqualTo(1);
    }

    @Test
    void aHostWhoseAgentWouldMakeAnEmptyOneIsRefused() {
        var instance = running();
        var id = snapshot(1, Map.of(0, 1));
        var volume = create(id);
        host.can(HostFacts.GUARDS_SUBNETS);
        refused(ErrorCode.UNSUPPORTED_OPERATION, () -> attachments.attach(caller, volume, instance, SDF));
        assertThat(host.document(volume)).isEmpty();
        assertThat(volumes.require(caller, volume).attachment()).isNull();
    }

    /** No host keeps it, and yet it is not zeros. */
    @Test
    void aSnapshotOfAVolumeThatNoHostKeepsHasItsOriginsBlocks() {
        var id = snapshot(1, Map.of(3, 7));
        var volume = volumes.create(caller, wish(4, id), null).id();
        snapshots.delete(caller, id);
        var again = taking.create(caller, volume, "", Map.of()).id();
        volumes.delete(caller, volume);
        awaitState(again, SnapshotState.COMPLETED);
        assertThat(stored(again, 3)).isEqualTo(7);
        assertThat(stored(again, 4 * 2048 - 1)).isZero();
        assertThat(snapshots.require(caller, again))
                .returns(4, SnapshotView::sizeGib)
                .returns(volume.value(), SnapshotView::volume);
        await().atMost(SOON).until(() -> rows(id) == 0);
        assertThat(stored(again, 3)).isEqualTo(7);
        assertThat(create(again)).isNotNull();
    }

    @Test
    void whatAHostWasToldOutlivesTheDatabase() {
        var instance = running();
        var id = snapshot(1, Map.of(3, 7));
        var volume = create(id);
        attachments.attach(caller, volume, instance, SDF);
        var spec = (VolumeSpec) host.document(volume).orElseThrow();
        jdbc.sql("DELETE FROM volume WHERE id = ?").param(volume.value()).update();
        transaction.executeWithoutResult(_ -> restored.take(host.id(), spec, "us-east-1a"));
        assertThat(table.find(volume).orElseThrow())
                .returns(id, VolumeTable.Row::snapshot)
                .returns(false, VolumeTable.Row::filled);
        snapshots.delete(caller, id);
        assertThat(table.needed()).contains(id);
    }

    /** An agent that can fill nothing can remove it. */
    @Test
    void oneThatIsGoingIsToldLikeAnyOther() {
        var instance = running();
        var volume = create(snapshot(1, Map.of(3, 7)));
        attachments.attach(caller, volume, instance, SDF);
        transaction.executeWithoutResult(t -> {
            t.setRollbackOnly();
            restored.end(volume);
            var row = table.find(volume).orElseThrow();
            assertThat(row.spec(Objects.requireNonNull(row.place()))).returns("file", VolumeSpec::told);
        });
    }

    /** A client of before the upgrade asks again after it. */
    @Test
    void theTokenOfARequestWithoutASnapshotIsWhatItEverWas() {
        volumes.create(
                caller,
                new Volumes.Wish(new VolumeShape(VolumeType.GP3, 1, null, null), "us-east-1a", Map.of("a", "b")),
                "token");
        var before = new ParameterHash()
                .add("gp3")
                .add(1)
                .add(null)
                .add(null)
                .add("us-east-1a")
                .addMap(Map.of("a", "b"))
                .hex();
        assertThat(jdbc.sql("SELECT parameter_hash FROM client_token WHERE account = ? AND token = 'token'")
                        .param(caller.account().value())
                        .query(String.class)
                        .single())
                .isEqualTo(before);
    }

    @Test
    void whatIsBeingFilledIsNoSourceOfASnapshot() {
        var instance = running();
        var volume = create(snapshot(1, Map.of(3, 7)));
        attachments.attach(caller, volume, instance, SDF);
        assertThatThrownBy(() -> taking.create(caller, volume, "", Map.of()))
                .isInstanceOfSatisfying(CloudException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INCORRECT_STATE);
                    assertThat(e).hasMessageContaining("is being filled");
                });
    }

    /** What it was told before the database was restored may have been to make a volume of any snapshot. */
    @Test
    void nothingGoesWhileAHostIsAwaited() {
        var deletedBefore = snapshot(1, Map.of(0, 1));
        var needing = create(deletedBefore);
        snapshots.delete(caller, deletedBefore);
        var id = snapshot(1, Map.of(0, 2));
        var silent = world.anotherHost(8);
        recovery.await(List.of(silent.id()));
        try {
            volumes.delete(caller, needing);
            snapshots.delete(caller, id);
            assertThat(rows(id)).isEqualTo(1);
            assertThat(rows(deletedBefore)).isEqualTo(1);
            for (var waiting : List.of(id, deletedBefore)) {
                await().atMost(SOON)
                        .until(() -> history.of(caller.account(), waiting.value()).stream()
                                .anyMatch(e -> e.event().equals("waiting")
                                        && e.detail().contains("awaited since the restore")));
            }
        } finally {
            transaction.executeWithoutResult(_ -> recovery.merged(silent.id()));
        }
        await().atMost(SOON).until(() -> rows(id) + rows(deletedBefore) == 0);
    }

    @Test
    void oneThatIsHeldHoldsUpNoOther() {
        var held = snapshot(1, Map.of(0, 1));
        create(held);
        snapshots.delete(caller, held);
        var free = snapshot(1, Map.of(0, 1));
        snapshots.delete(caller, free);
        await().atMost(SOON).until(() -> rows(free) == 0);
        assertThat(rows(held)).isEqualTo(1);
    }

    /** Of two that begin together one comes first: either the volume is refused, or the snapshot stays for it. */
    @Test
    void aDeletionAndACreationDoNotMissEachOther() {
        for (var i = 0; i < 10; i++) {
            var id = snapshot(1, Map.of(0, 1 + i));
            var deletion = Thread.ofVirtual().start(() -> snapshots.delete(caller, id));
            try {
                var made = create(id);
                join(deletion);
                assertThat(table.needed()).contains(id);
                assertThat(rows(id)).isEqualTo(1);
                volumes.delete(caller, made);
            } catch (CloudException refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.SNAPSHOT_NOT_FOUND);
                join(deletion);
            }
            await().atMost(SOON).until(() -> rows(id) == 0);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
