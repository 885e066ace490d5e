package io.croft.controller.cluster;

import static io.croft.controller.cluster.VolumeContents.content;
import static io.croft.controller.cluster.VolumeContents.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.faults.Faults.Fault;
import io.croft.agent.storage.StorageException;
import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.context.Caller;
import io.croft.protocol.Failure;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Volumes that are made of snapshots of volumes that are gone, on whichever host, whoever is killed meanwhile: each starts with what the first held when its snapshot was taken. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotVolumesClusterIT {
    private static final int BLOCK = SnapshotStore.BLOCK;
    private static final DeviceName SDF = DeviceName.of("/dev/sdf");

    private final Cluster cluster = Cluster.start();
    private final Caller tenant = cluster.tenant();
    private final ImageId image = cluster.image(tenant);

    @BeforeAll
    void hosts() {
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    private InstanceId running(ClusterHost host) {
        while (true) {
            var ids = cluster.launch(tenant, image, 2);
            cluster.await(tenant, ids, InstanceState.RUNNING);
            for (var id : ids) {
                if (cluster.host(cluster.show(tenant, id)) == host) {
                    return id;
                }
            }
        }
    }

    private ClusterHost host(int number) {
        return cluster.hosts().get(number);
    }

    private VolumeId create(int gib) {
        var shape = new VolumeShape(VolumeType.GP3, gib, null, null);
        return cluster.bean(Volumes.class)
                .create(tenant, new Volumes.Wish(shape, "us-east-1a", Map.of()), null)
                .id();
    }

    private VolumeId create(SnapshotId snapshot, int gib) {
        var wish = new Volumes.Wish(VolumeType.GP3, gib, null, null, "us-east-1a", snapshot, Map.of());
        return cluster.bean(Volumes.class).create(tenant, wish, null).id();
    }

    private void attach(VolumeId volume, InstanceId instance) {
        cluster.bean(VolumeAttachments.class).attach(tenant, volume, instance, SDF);
    }

    private void awaitAttached(VolumeId volume) {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> {
                    var attachment =
                            cluster.bean(Volumes.class).require(tenant, volume).attachment();
                    return attachment != null && attachment.state() == AttachmentState.ATTACHED;
                });
    }

    private void detach(VolumeId volume) {
        cluster.bean(VolumeAttachments.class).detach(tenant, volume, null, null, false);
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(Volumes.class).require(tenant, volume).attachment() == null);
    }

    /** A snapshot of a volume that is gone since. */
    private SnapshotId snapshot(InstanceId instance, ClusterHost host, Map<Integer, Integer> content) {
        var volume = create(1);
        attach(volume, instance);
        awaitAttached(volume);
        content.forEach((block, value) -> write(host, volume, block, value));
        var id = cluster.bean(VolumeSnapshots.class)
                .create(tenant, volume, "", Map.of())
                .id();
        content.forEach((block, _) -> write(host, volume, block, 99));
        awaitCompleted(id);
        detach(volume);
        cluster.bean(Volumes.class).delete(tenant, volume);
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> host.drivers().volumeStore().find(volume).isEmpty());
        return id;
    }

    private void awaitCompleted(SnapshotId id) {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> cluster.bean(Snapshots.class).require(tenant, id).state() == SnapshotState.COMPLETED);
    }

    private double meter(String name) {
        return cluster.bean(MeterRegistry.class).get(name).counter().count();
    }

    private long rows(SnapshotId id) {
        return cluster.database()
                .sql("SELECT count(*) FROM snapshot WHERE id = ?")
                .param(id.value())
                .query(Long.class)
                .single();
    }

    @Test
    void startsWithWhatWasThereOnAnotherHostThoughVolumeAndSnapshotAreGone() {
        var here = running(host(0));
        var there = running(host(1));
        var content = Map.of(0, 1, 7, 2, 2047, 3);
        var snapshot = snapshot(here, host(0), content);
        var first = create(snapshot, 1);
        var second = create(snapshot, 2);
        cluster.bean(Snapshots.class).delete(tenant, snapshot);
        var before = meter("croft.blockstorage.snapshots.told");
        attach(first, there);
        awaitAttached(first);
        assertThat(content(host(1), first)).isEqualTo(content);
        assertThat(rows(snapshot)).as("the second volume has nothing else").isEqualTo(1);
        detach(first);
        attach(second, there);
        awaitAttached(second);
        assertThat(content(host(1), second)).isEqualTo(content);
        assertThat(meter("croft.blockstorage.snapshots.told") - before)
                .as("once for both")
                .isEqualTo(3.0 * BLOCK);
        Awaitility.await().atMost(Cluster.CONVERGENCE).until(() -> rows(snapshot) == 0);

        before = meter("croft.blockstorage.snapshots.received");
        write(host(1), second, 7, 4);
        var again = cluster.bean(VolumeSnapshots.class)
                .create(tenant, second, "", Map.of())
                .id();
        awaitCompleted(again);
        assertThat(meter("croft.blockstorage.snapshots.received") - before).isGreaterThan(BLOCK);
        var third = create(again, 2);
        attach(third, here);
        awaitAttached(third);
        assertThat(content(host(0), third)).isEqualTo(Map.of(0, 1, 7, 4, 2047, 3));
        detach(third);
        detach(second);
    }

    @Test
    void anUnchangedOneIsSentAlmostWithoutBytes() {
        var instance = running(host(0));
        var content = new TreeMap<Integer, Integer>();
        for (var i = 0; i < 100; i++) {
            content.put(i, 1 + i);
        }
        var snapshot = snapshot(instance, host(0), content);
        var volume = create(snapshot, 1);
        attach(volume, instance);
        awaitAttached(volume);
        var before = meter("croft.blockstorage.snapshots.received");
        var again = cluster.bean(VolumeSnapshots.class)
                .create(tenant, volume, "", Map.of())
                .id();
        awaitCompleted(again);
        assertThat(meter("croft.blockstorage.snapshots.received") - before)
                .as("names alone")
                .isLessThan(100 * 40.0);
        detach(volume);
    }

    /** The agent in the midst of the download, and the controller once. */
    @Test
    void whoeverIsKilledItStartsWithWhatWasThere() {
        var instance = running(host(1));
        var content = new TreeMap<Integer, Integer>();
        for (var i = 0; i < 40; i++) {
            content.put(i * 50, 1 + i);
        }
        for (var round = 0; round < 4; round++) {
            var snapshot = snapshot(instance, host(1), content);
            var volume = create(snapshot, 1);
            cluster.bean(Snapshots.class).delete(tenant, snapshot);
            host(1).drivers().imageFaults().always("block", new Fault.Slow(Duration.ofMillis(10)));
            var before = meter("croft.blockstorage.snapshots.told");
            attach(volume, instance);
            Awaitility.await()
                    .pollDelay(
                            Duration.ofMillis(100 + ThreadLocalRandom.current().nextInt(400)))
                    .until(() -> true);
            assertThat(rows(snapshot)).isEqualTo(1);
            host(1).kill();
            if (round == 2) {
                cluster.stopController();
                cluster.startController();
            }
            host(1).start();
            awaitAttached(volume);
            assertThat(content(host(1), volume)).isEqualTo(content);
            if (round != 2) {
                assertThat(meter("croft.blockstorage.snapshots.told") - before)
                        .as("what was there already did not come again")
                        .isBetween(40.0 * BLOCK, 42.0 * BLOCK);
            }
            host(1).drivers().imageFaults().clear();
            cluster.awaitReady();
            detach(volume);
            Awaitility.await().atMost(Cluster.CONVERGENCE).until(() -> rows(snapshot) == 0);
        }
    }

    @Test
    void whatDriversAndLineFailIsDoneAgain() {
        var instance = running(host(0));
        var content = Map.of(1, 1, 2, 2, 3, 3);
        var snapshot = snapshot(instance, host(0), content);
        var fault =
                new Fault.FailBefore(new StorageException(new Failure(Failure.Code.STORAGE, "a fault", true), null));
        var drivers = host(0).drivers();
        drivers.imageFaults().next("origin", fault);
        drivers.imageFaults().next("page", fault);
        drivers.imageFaults().next("block", fault);
        drivers.volumeFaults().next("ensure", fault);
        var volume = create(snapshot, 3);
        attach(volume, instance);
        awaitAttached(volume);
        assertThat(content(host(0), volume)).isEqualTo(content);
        detach(volume);
        assertThat(List.of(drivers.volumeStore().find(volume).orElseThrow().sizeBytes()))
                .containsExactly(3L << 30);
    }
}
