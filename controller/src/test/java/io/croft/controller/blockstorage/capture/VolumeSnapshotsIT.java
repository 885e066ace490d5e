package io.croft.controller.blockstorage.capture;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.capture.VolumeSnapshots.InstanceWish;
import io.croft.controller.blockstorage.snapshot.SnapshotQuery;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.SnapshotUploads;
import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.VolumeUploads;
import io.croft.controller.blockstorage.snapshot.store.Checksums;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
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
import io.croft.protocol.Failure;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Presence;
import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotPage;
import io.croft.protocol.SnapshotSpec;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Snapshots of volumes, by the documents and the words of their host. */
@ComputeTest
class VolumeSnapshotsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Failure VANISHED = new Failure(Failure.Code.STORAGE, "/srv/disks/x is gone", false);

    @Autowired
    ComputeWorld world;

    @Autowired
    VolumeSnapshots taking;

    @Autowired
    VolumeUploads uploads;

    @Autowired
    SnapshotUploads clients;

    @Autowired
    Snapshots snapshots;

    @Autowired
    SnapshotStore store;

    @Autowired
    RestoredCaptures restored;

    @Autowired
    CaptureTable table;

    @Autowired
    AgentSnapshots agents;

    @Autowired
    Volumes volumes;

    @Autowired
    VolumeAttachments attachments;

    @Autowired
    Instances instances;

    @Autowired
    LostHosts lost;

    @Autowired
    History history;

    @Autowired
    TransactionTemplate transaction;

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

    @AfterAll
    static void everyTransitionWasMade() {
        assertThat(CaptureTransitions.TABLE.unvisited()).isEmpty();
    }

    private InstanceId running() {
        var id = world.launch(caller, image).id();
        host.converge();
        return id;
    }

    private VolumeId root(InstanceId id) {
        return world.show(caller, id).volumes().getFirst().id();
    }

    private VolumeId create(VolumeType type) {
        var shape = new VolumeShape(type, type == VolumeType.ST1 ? 125 : 1, null, null);
        return volumes.create(caller, new Volumes.Wish(shape, "us-east-1a", Map.of("of", "volume")), null)
                .id();
    }

    /** What a client asks for, while the host works. */
    private <T> T answered(Supplier<T> request) {
        var answer = CompletableFuture.supplyAsync(request);
        await().atMost(SOON).until(() -> {
            host.converge();
            return answer.isDone();
        });
        return answer.join();
    }

    private SnapshotId take(VolumeId volume) {
        return answered(() -> taking.create(caller, volume, "a description", Map.of("Name", "x")))
                .id();
    }

    private SnapshotView shown(SnapshotId id) {
        return snapshots.require(caller, id);
    }

    private SnapshotSpec document(SnapshotId id) {
        return (SnapshotSpec) host.document(id).orElseThrow();
    }

    private List<String> events(SnapshotId id) {
        return history.of(caller.account(), id.value()).stream()
                .map(HistoryEntry::event)
                .toList();
    }

    private static byte[] block(int value) {
        var bytes = new byte[SnapshotStore.BLOCK];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Sends what the host has: the content of each block by its index. Returns how many blocks had to be sent. */
    private int send(SnapshotId id, Map<Integer, Integer> content) {
        var names = names(id, content);
        var lacking = uploads.lacking(id, 0, 4096, names);
        lacking.forEach(i -> uploads.put(id, i, block(Objects.requireNonNull(content.get(i)))));
        assertThat(uploads.complete(id, digest(new TreeMap<>()))).isEqualTo(content.isEmpty());
        assertThat(uploads.complete(id, digest(names))).isTrue();
        assertThat(uploads.complete(id, digest(names))).as("again").isTrue();
        return lacking.size();
    }

    private SortedMap<Integer, String> names(SnapshotId id, Map<Integer, Integer> content) {
        var names = new TreeMap<Integer, String>();
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(uploads.naming(id).orElseThrow()), "HmacSHA256"));
            content.forEach((i, v) -> names.put(i, HexFormat.of().formatHex(mac.doFinal(block(v)))));
            return names;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(SortedMap<Integer, String> names) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            names.forEach((index, name) -> {
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(index).flip());
                digest.update(HexFormat.of().parseHex(name));
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitState(SnapshotId id, SnapshotState state) {
        await().atMost(SOON).until(() -> shown(id).state() == state);
    }

    /** Until its host keeps nothing of it, as it is told to. */
    private void awaitDropped(SnapshotId id) {
        await().atMost(SOON)
                .until(() -> host.document(id)
                        .filter(d -> d.presence() == Presence.PRESENT)
                        .isEmpty());
        host.converge();
        assertThat(table.find(id)).isEmpty();
        assertThat(host.document(id)).isEmpty();
    }

    private int stored(SnapshotId id, int index) {
        var lineage = jdbc.sql("SELECT lineage FROM snapshot WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .single();
        return store.read(new SnapshotStore.Ref(lineage, id), index)[SnapshotStore.BLOCK - 1];
    }

    @Test
    void isTakenSentSealedAndDroppedByTheHost() {
        var root = root(running());
        var id = take(root);
        assertThat(shown(id))
                .returns(SnapshotState.PENDING, SnapshotView::state)
                .returns(root.value(), SnapshotView::volume)
                .returns(2, SnapshotView::sizeGib)
                .returns("a description", SnapshotView::description)
                .returns(Map.of("Name", "x"), SnapshotView::tags);
        assertThat(document(id))
                .returns(true, SnapshotSpec::taken)
                .returns(List.of(id), SnapshotSpec::together)
                .returns(2L << 30, SnapshotSpec::sizeBytes);
        refused(ErrorCode.INCORRECT_STATE, () -> clients.put(caller, id, 0, block(1), Checksums.of(block(1)), null));
        refused(ErrorCode.INCORRECT_STATE, () -> clients.complete(caller, id, 0, null));

        assertThat(send(id, Map.of(0, 1, 5, 2, 4095, 3))).isEqualTo(3);
        awaitState(id, SnapshotState.COMPLETED);
        assertThat(shown(id).progress()).isEqualTo(100);
        assertThat(stored(id, 5)).isEqualTo(2);
        assertThat(stored(id, 6)).isZero();
        awaitDropped(id);
        assertThat(events(id)).containsExactly("started", "taken", "all blocks written", "completed");
    }

    @Test
    void theNextHasOnlyWhatIsOtherThanInTheLast() {
        var root = root(running());
        var first = take(root);
        send(first, Map.of(0, 1, 1, 2, 2, 3));
        awaitState(first, SnapshotState.COMPLETED);
        var second = take(root);
        assertThat(send(second, Map.of(0, 1, 1, 2, 2, 3))).isZero();
        awaitState(second, SnapshotState.COMPLETED);
        var third = take(root);
        assertThat(send(third, Map.of(0, 1, 2, 9, 3, 1))).isEqualTo(2);
        snapshots.delete(caller, second);
        awaitState(third, SnapshotState.COMPLETED);
        assertThat(List.of(stored(third, 0), stored(third, 1), stored(third, 2), stored(third, 3)))
                .containsExactly(1, 0, 9, 1);
        assertThat(List.of(stored(first, 0), stored(first, 1), stored(first, 2), stored(first, 3)))
                .containsExactly(1, 2, 3, 0);
    }

    @Test
    void whatWasCutOffGoesOnWhereItWas() {
        var id = take(root(running()));
        var content = Map.of(0, 1, 1, 2);
        assertThat(uploads.lacking(id, 0, 4096, names(id, content))).containsExactly(0, 1);
        uploads.put(id, 0, block(1));
        uploads.put(id, 7, block(7));
        assertThat(uploads.lacking(id, 0, 4096, names(id, content))).containsExactly(1);
        assertThat(send(id, content)).isEqualTo(1);
        awaitState(id, SnapshotState.COMPLETED);
        assertThat(stored(id, 7)).as("what is not listed is zeros").isZero();
        refused(ErrorCode.INCORRECT_STATE, () -> uploads.lacking(id, 0, 1, new TreeMap<>()));
    }

    @Test
    void aVolumeWithoutBytesIsZerosAtOnce() {
        var id = taking.create(caller, create(VolumeType.GP3), "", Map.of()).id();
        awaitState(id, SnapshotState.COMPLETED);
        assertThat(stored(id, 0)).isZero();
    }

    @Test
    void refusesWhatCannotBeTaken() {
        refused(
                ErrorCode.VOLUME_NOT_FOUND,
                () -> taking.create(caller, new VolumeId("vol-0123456789abcdef0"), "", Map.of()));
        var launched = root(world.launch(caller, image).id());
        refused(ErrorCode.INCORRECT_STATE, () -> taking.create(caller, launched, "", Map.of()));
        host.converge();
        var stranger = world.tenant();
        refused(ErrorCode.VOLUME_NOT_FOUND, () -> taking.create(stranger, launched, "", Map.of()));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> taking.create(caller, launched, "x".repeat(256), Map.of()));
        world.vanish(host);
        refused(ErrorCode.UNAVAILABLE, () -> taking.create(caller, launched, "", Map.of()));
        assertThat(world.count("snapshot WHERE account = '" + caller.account() + "'"))
                .isZero();
    }

    @Test
    void soManyOfAVolumeMayBePendingAndSoFarApart() {
        var root = root(running());
        take(root);
        refused(ErrorCode.SNAPSHOT_RATE_EXCEEDED, () -> taking.create(caller, root, "", Map.of()));
        for (var i = 1; i < 5; i++) {
            older();
            take(root);
        }
        older();
        refused(ErrorCode.CONCURRENT_SNAPSHOTS_EXCEEDED, () -> taking.create(caller, root, "", Map.of()));

        var slow = create(VolumeType.ST1);
        attachments.attach(caller, slow, running(), DeviceName.of("/dev/sdf"));
        host.converge();
        take(slow);
        older();
        refused(ErrorCode.CONCURRENT_SNAPSHOTS_EXCEEDED, () -> taking.create(caller, slow, "", Map.of()));
    }

    private void older() {
        jdbc.sql("UPDATE snapshot SET started = started - interval '1 minute' WHERE account = ?")
                .param(caller.account().value())
                .update();
    }

    @Test
    void theVolumesOfAnInstanceAreKeptAtOneMoment() {
        var instance = running();
        var data = create(VolumeType.GP3);
        var other = create(VolumeType.GP3);
        attachments.attach(caller, data, instance, DeviceName.of("/dev/sdf"));
        attachments.attach(caller, other, instance, DeviceName.of("/dev/sdg"));
        host.converge();
        var made = answered(() -> taking.createAll(
                caller, new InstanceWish(instance, true, Set.of(other), true, "all", Map.of("of", "request"))));
        assertThat(made)
                .extracting(SnapshotView::volume)
                .containsExactly(root(instance).value(), data.value());
        assertThat(made).allMatch(s -> s.tags().equals(Map.of("of", "request")));
        var ids = made.stream().map(SnapshotView::id).toList();
        assertThat(ids).allMatch(id -> document(id).together().equals(ids));

        older();
        var wish = new InstanceWish(instance, false, Set.of(), true, "", Map.of());
        assertThat(answered(() -> taking.createAll(caller, wish)))
                .hasSize(2)
                .allMatch(s -> s.tags().equals(Map.of("of", "volume")));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> taking.createAll(
                        caller, new InstanceWish(instance, false, Set.of(data, other), false, "", Map.of())));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> taking.createAll(
                        caller,
                        new InstanceWish(
                                instance, true, Set.of(new VolumeId("vol-0123456789abcdef0")), false, "", Map.of())));
        refused(
                ErrorCode.INSTANCE_NOT_FOUND,
                () -> taking.createAll(
                        caller,
                        new InstanceWish(new InstanceId("i-0123456789abcdef0"), true, Set.of(), false, "", Map.of())));
    }

    @Test
    void deletedWhilePendingItIsDroppedByTheHost() {
        var id = take(root(running()));
        uploads.put(id, 0, block(1));
        snapshots.delete(caller, id);
        refused(ErrorCode.INCORRECT_STATE, () -> uploads.lacking(id, 0, 1, new TreeMap<>()));
        awaitDropped(id);
        await().atMost(SOON).until(() -> world.count("snapshot WHERE id = '" + id + "'") == 0);
    }

    @Test
    void theVolumeMayBeDeletedMeanwhile() {
        var instance = running();
        var root = root(instance);
        var id = take(root);
        instances.terminate(caller, List.of(instance));
        host.converge();
        assertThat(document(id).presence()).isEqualTo(Presence.PRESENT);
        send(id, Map.of(1, 1));
        awaitState(id, SnapshotState.COMPLETED);
        awaitDropped(id);
    }

    @Test
    void aHostThatCannotSaysSoWithoutItsPaths() {
        var instance = running();
        var id = take(root(instance));
        host.report(id, State.FAILED, VANISHED);
        assertThat(shown(id).state()).isEqualTo(SnapshotState.ERROR);
        assertThat(shown(id).message()).contains("STORAGE").doesNotContain("/srv");
        awaitDropped(id);

        var never = Objects.requireNonNull(transaction.execute(
                        _ -> taking.beginAll(caller, new InstanceWish(instance, true, Set.of(), false, "", Map.of()))))
                .getFirst();
        host.report(never.id(), State.FAILED, VANISHED);
        assertThat(taking.await(caller, List.of(never)))
                .extracting(SnapshotView::state)
                .containsExactly(SnapshotState.ERROR);
        awaitDropped(never.id());
    }

    @Test
    void aLostHostsAreInErrorOnlyBehindItsFence() {
        var id = take(root(running()));
        world.vanish(host);
        assertThat(shown(id).state()).isEqualTo(SnapshotState.PENDING);
        lost.confirmDead(host.id());
        awaitState(id, SnapshotState.ERROR);
        assertThat(shown(id).message()).contains("lost");
        assertThat(document(id).presence())
                .as("for it to carry out when it comes back")
                .isEqualTo(Presence.ABSENT);
    }

    /** The host took it since, or did not: it is not to take another of another moment. */
    @Test
    void afterARestoreNothingIsTakenAnew() {
        var instance = running();
        var begun = Objects.requireNonNull(transaction.execute(
                        _ -> taking.beginAll(caller, new InstanceWish(instance, true, Set.of(), false, "", Map.of()))))
                .getFirst();
        assertThat(document(begun.id()).taken()).isFalse();
        transaction.executeWithoutResult(_ -> {
            restored.restamp(host.id(), 77);
            restored.put(host.id(), List.of());
        });
        assertThat(document(begun.id()).taken()).isTrue();
        assertThat(document(begun.id()).generation().value()).isEqualTo(77);
        assertThat(snapshots
                        .describe(
                                caller,
                                SnapshotQuery.own(
                                        caller.account(),
                                        Query.ofIds(List.of(begun.id().value()))))
                        .items())
                .hasSize(1);
    }

    @Test
    void eachHostSendsItsOwnAndNoOther() throws IOException {
        var id = take(root(running()));
        var stranger = world.anotherHost(1).id();
        assertThat(agents.naming(host.id(), id).key()).isNotNull();
        refused(ErrorCode.NOT_FOUND, () -> agents.naming(stranger, id));
        var content = new SnapshotContent(digest(new TreeMap<>()));
        refused(ErrorCode.NOT_FOUND, () -> agents.complete(stranger, id, content));
        var bytes = new SnapshotPage(0, 4096, List.of()).toBytes();
        assertThat(agents.listed(host.id(), id, new ByteArrayInputStream(bytes)).indexes())
                .isEmpty();
        assertThatThrownBy(() ->
                        agents.listed(host.id(), id, new ByteArrayInputStream(new byte[SnapshotPage.LONGEST + 9])))
                .isInstanceOf(IllegalArgumentException.class);
        refused(ErrorCode.BLOCK_INVALID, () -> uploads.lacking(id, 0, 4097, new TreeMap<>()));
        refused(ErrorCode.BLOCK_INVALID, () -> uploads.put(id, 4096, block(1)));
        refused(ErrorCode.BLOCK_INVALID, () -> uploads.put(id, 0, new byte[1]));
        assertThat(agents.complete(host.id(), id, content).getStatusCode().value())
                .isEqualTo(204);
        assertThat(agents.naming(host.id(), id).key()).as("all of it has come").isNull();
    }
}
