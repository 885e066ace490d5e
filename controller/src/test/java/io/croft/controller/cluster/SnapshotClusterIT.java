package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.storage.StorageException;
import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.capture.VolumeSnapshots.InstanceWish;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.context.Caller;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.restore.Restore;
import io.croft.protocol.Failure;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Snapshots of volumes from the request to the store and back out of the host, whoever is killed meanwhile: each has what the volume held when it was asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotClusterIT {
    private static final int PIECE = 64 * 1024;
    private static final int BLOCK = SnapshotStore.BLOCK;

    /** What keeps a database that is put back from being taken for the one that was there. */
    private static final String[] BEGIN = {
        "UPDATE controller_era SET state = 'RECONCILING', reason = 'An older copy was put back.', since = now()",
        "DELETE FROM host_recovery",
        "INSERT INTO host_recovery (host) SELECT id FROM host",
        "SELECT pg_notify('croft_desired', id) FROM host"
    };

    private final Cluster cluster = Cluster.start();
    private final Caller tenant = cluster.tenant();
    private final ImageId image = cluster.image(tenant);
    private ClusterHost host = cluster.addHost();

    @BeforeAll
    void hosts() {
        cluster.awaitReady();
        host = cluster.hosts().getFirst();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    private InstanceId running() {
        var ids = cluster.launch(tenant, image, 1);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        return ids.getFirst();
    }

    private VolumeId root(InstanceId id) {
        return cluster.show(tenant, id).volumes().getFirst().id();
    }

    private void write(VolumeId volume, int block, int value) {
        var bytes = new byte[PIECE];
        Arrays.fill(bytes, (byte) value);
        host.drivers().volumeStore().write(volume, (long) block * BLOCK + BLOCK - PIECE, bytes);
    }

    private SnapshotId take(VolumeId volume) {
        return cluster.bean(VolumeSnapshots.class)
                .create(tenant, volume, "", Map.of())
                .id();
    }

    private SnapshotView shown(SnapshotId id) {
        return cluster.bean(Snapshots.class).require(tenant, id);
    }

    private void awaitCompleted(SnapshotId id) {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> shown(id).state() == SnapshotState.COMPLETED);
    }

    /** The last byte of a block as it is in the store. */
    private int stored(SnapshotId id, int block) {
        var lineage = cluster.database()
                .sql("SELECT lineage FROM snapshot WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .single();
        return cluster.bean(SnapshotStore.class).read(new SnapshotStore.Ref(lineage, id), block)[BLOCK - 1];
    }

    private void awaitNothingLeft() {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> host.drivers().volumeStore().snapshots().values().stream()
                                .allMatch(Set::isEmpty)
                        && captures() == 0);
    }

    private long captures() {
        return cluster.database()
                .sql("SELECT count(*) FROM snapshot_capture")
                .query(Long.class)
                .single();
    }

    private double received() {
        return cluster.bean(MeterRegistry.class)
                .get("croft.blockstorage.snapshots.received")
                .counter()
                .count();
    }

    private void older() {
        cluster.database()
                .sql("UPDATE snapshot SET started = started - interval '1 minute'")
                .update();
    }

    @Test
    void holdsWhatWasThereAndSendsWhatIsNew() {
        var instance = running();
        var root = root(instance);
        for (var i = 0; i < 100; i++) {
            write(root, i, 1 + i);
        }
        var first = take(root);
        write(root, 0, 99);
        awaitCompleted(first);
        assertThat(stored(first, 0)).isEqualTo(1);
        assertThat(stored(first, 99)).isEqualTo(100);
        assertThat(stored(first, 100)).isZero();

        var before = received();
        var second = take(root);
        write(root, 1, 98);
        awaitCompleted(second);
        assertThat(stored(second, 0)).isEqualTo(99);
        assertThat(stored(second, 1)).isEqualTo(2);
        assertThat(received() - before).as("one block and names").isBetween((double) BLOCK, BLOCK + 100 * 40.0);

        cluster.bean(Snapshots.class).delete(tenant, first);
        before = received();
        var all = cluster.bean(VolumeSnapshots.class)
                .createAll(tenant, new InstanceWish(instance, true, Set.of(), false, "", Map.of()));
        awaitCompleted(all.getFirst().id());
        assertThat(stored(all.getFirst().id(), 1)).isEqualTo(98);
        assertThat(received() - before).isBetween((double) BLOCK, BLOCK + 100 * 40.0);
        awaitNothingLeft();
    }

    /** The agent at any moment, and the controller once. */
    @Test
    void whoeverIsKilledItHasWhatWasThere() {
        var root = root(running());
        var random = new Random();
        for (var i = 0; i < 8; i++) {
            write(root, i, 1 + i);
            var id = take(root);
            write(root, i, 77);
            Awaitility.await()
                    .pollDelay(Duration.ofMillis(1 + random.nextInt(150)))
                    .until(() -> true);
            host.kill();
            if (i == 4) {
                cluster.stopController();
                cluster.startController();
            }
            host.start();
            awaitCompleted(id);
            assertThat(stored(id, i)).isEqualTo(1 + i);
            cluster.awaitReady();
        }
        awaitNothingLeft();
    }

    @Test
    void outlivesItsVolumeAndWhatItsDriversFail() {
        var instance = running();
        var root = root(instance);
        write(root, 3, 3);
        var fault =
                new Fault.FailBefore(new StorageException(new Failure(Failure.Code.STORAGE, "a fault", true), null));
        var faults = host.drivers().volumeFaults();
        faults.next("snapshot", fault);
        faults.always("open", fault);
        var id = take(root);
        var deleted = takeOlder(root);
        cluster.instances().terminate(tenant, List.of(instance));
        cluster.await(tenant, List.of(instance), InstanceState.TERMINATED);
        cluster.bean(Snapshots.class).delete(tenant, deleted);
        assertThat(host.drivers().volumeStore().find(root)).isPresent();
        assertThat(shown(id).state()).isEqualTo(SnapshotState.PENDING);
        faults.clear();
        awaitCompleted(id);
        assertThat(stored(id, 3)).isEqualTo(3);
        awaitNothingLeft();
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> host.drivers().volumeStore().find(root).isEmpty());
    }

    private SnapshotId takeOlder(VolumeId volume) {
        older();
        return take(volume);
    }

    /** What the older database knows as pending is in the store by now, or was deleted since: the first is taken in, the other is in error and not another moment's. */
    @Test
    void anOlderDatabaseLearnsWhatBecameOfThePending() {
        var root = root(running());
        write(root, 5, 5);
        var fault =
                new Fault.FailBefore(new StorageException(new Failure(Failure.Code.STORAGE, "a fault", true), null));
        host.drivers().volumeFaults().always("open", fault);
        var completed = take(root);
        var deleted = takeOlder(root);
        var copy = DatabaseCopy.of(cluster);
        cluster.bean(Snapshots.class).delete(tenant, deleted);
        host.drivers().volumeFaults().clear();
        awaitCompleted(completed);
        awaitNothingLeft();

        copy.putBack(cluster, BEGIN);
        var restore = cluster.bean(Restore.class);
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(Recovery.class).state().reconciles()
                        && restore.status().silent().isEmpty());
        restore.apply(false, List.of());
        awaitCompleted(completed);
        assertThat(stored(completed, 5)).isEqualTo(5);
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> shown(deleted).state() == SnapshotState.ERROR);
        assertThat(shown(deleted).message()).contains("has it no more");
        awaitNothingLeft();
    }
}
