package io.croft.controller.cluster;

import static io.croft.controller.cluster.VolumeContents.content;
import static io.croft.controller.cluster.VolumeContents.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.faults.Faults.Fault;
import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.move.MoveVolumes;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.VolumeMoves;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.context.Caller;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.VolumeId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Volumes that go to other hosts, whoever is killed meanwhile: each has there what it had, and nothing of it is left where it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VolumeMovesClusterIT {
    private static final DeviceName SDF = DeviceName.of("/dev/sdf");

    private final Cluster cluster = Cluster.start();
    private final Caller tenant = cluster.tenant();
    private final ImageId image = cluster.image(tenant);
    private InstanceId[] instances = {};

    @BeforeAll
    void hosts() {
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
        instances = new InstanceId[] {running(host(0)), running(host(1))};
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

    private static void awaitThat(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(condition);
    }

    private void attach(VolumeId volume, int host) {
        cluster.bean(VolumeAttachments.class).attach(tenant, volume, instances[host], SDF);
    }

    private void awaitAttached(VolumeId volume) {
        awaitThat(() -> {
            var attachment = cluster.bean(Volumes.class).require(tenant, volume).attachment();
            return attachment != null && attachment.state() == AttachmentState.ATTACHED;
        });
    }

    private void detach(VolumeId volume) {
        cluster.bean(VolumeAttachments.class).detach(tenant, volume, null, null, false);
        awaitThat(() -> cluster.bean(Volumes.class).require(tenant, volume).attachment() == null);
    }

    /** A volume that is on the first host, and attached to nothing. */
    private VolumeId volume(Map<Integer, Integer> content) {
        var wish = new Volumes.Wish(new VolumeShape(VolumeType.GP3, 1, null, null), "us-east-1a", Map.of());
        var volume = cluster.bean(Volumes.class).create(tenant, wish, null).id();
        attach(volume, 0);
        awaitAttached(volume);
        content.forEach((block, value) -> write(host(0), volume, block, value));
        detach(volume);
        return volume;
    }

    /** Only this host has the volume, with this content, and nothing is left of what brought it there. */
    private void assertThere(VolumeId volume, int host, Map<Integer, Integer> content) {
        awaitThat(() -> host(1 - host).drivers().volumeStore().find(volume).isEmpty() && rows("volume_leftover") == 0);
        awaitThat(() -> rows("snapshot WHERE carrier") == 0 && rows("snapshot_capture") == 0);
        assertThat(cluster.bean(VolumeMoves.class).all()).isEmpty();
        assertThat(rows("host_claim WHERE holder = '" + volume + "'")).isEqualTo(1);
        assertThat(content(host(host), volume)).isEqualTo(content);
    }

    private long rows(String of) {
        return cluster.database()
                .sql("SELECT count(*) FROM " + of)
                .query(Long.class)
                .single();
    }

    private double meter(String name) {
        return cluster.bean(MeterRegistry.class).get(name).counter().count();
    }

    private void delete(VolumeId volume) {
        cluster.bean(Volumes.class).delete(tenant, volume);
    }

    @Test
    void goesToTheHostOfItsInstanceAndBack() {
        var content = new TreeMap<>(Map.of(0, 1, 7, 2, 2047, 3));
        var volume = volume(content);
        attach(volume, 1);
        awaitAttached(volume);
        assertThere(volume, 1, content);
        write(host(1), volume, 7, 9);
        content.put(7, 9);
        detach(volume);
        attach(volume, 0);
        awaitAttached(volume);
        assertThere(volume, 0, content);
        detach(volume);
        delete(volume);
    }

    /** The operator's wish, with snapshots of the tenant's in the store: what they have is not sent again. */
    @Test
    void unchangedItIsSentByItsNamesAlone() {
        var content = new TreeMap<Integer, Integer>();
        for (var i = 0; i < 40; i++) {
            content.put(i, 1 + i);
        }
        var volume = volume(content);
        var taken = cluster.bean(VolumeSnapshots.class)
                .create(tenant, volume, "", Map.of())
                .id();
        awaitThat(() -> rows("snapshot WHERE id = '" + taken + "' AND state = 'COMPLETED'") == 1);
        var before = meter("croft.blockstorage.snapshots.received");
        cluster.bean(MoveVolumes.class).move(volume, host(1).id());
        awaitThat(() -> cluster.bean(VolumeMoves.class).all().isEmpty());
        assertThere(volume, 1, content);
        assertThat(meter("croft.blockstorage.snapshots.received") - before).isLessThan(SnapshotStore.BLOCK);
        delete(volume);
    }

    /** Whichever of the two agents or the controller, at any moment of the way. */
    @Test
    void whoeverIsKilledItIsThereInTheEnd() {
        var content = new TreeMap<Integer, Integer>();
        for (var i = 0; i < 40; i++) {
            content.put(i * 50, 1 + i);
        }
        var volume = volume(content);
        var random = ThreadLocalRandom.current();
        for (var round = 0; round < 6; round++) {
            var from = round % 2;
            var to = 1 - from;
            host(to).drivers().imageFaults().always("block", new Fault.Slow(Duration.ofMillis(10)));
            attach(volume, to);
            for (var kill = 0; kill < 2; kill++) {
                Awaitility.await()
                        .pollDelay(Duration.ofMillis(50 + random.nextInt(1500)))
                        .until(() -> true);
                switch ((round + kill) % 3) {
                    case 0 -> {
                        host(from).kill();
                        host(from).start();
                    }
                    case 1 -> {
                        host(to).kill();
                        host(to).start();
                    }
                    default -> {
                        cluster.stopController();
                        cluster.startController();
                    }
                }
            }
            awaitAttached(volume);
            host(to).drivers().imageFaults().clear();
            cluster.awaitReady();
            assertThere(volume, to, content);
            detach(volume);
        }
        delete(volume);
    }

    @Test
    void detachedOnItsWayItIsWhereItWas() {
        var content = Map.of(0, 1, 100, 2);
        var volume = volume(content);
        host(1).drivers().imageFaults().always("block", new Fault.Slow(Duration.ofSeconds(2)));
        attach(volume, 1);
        awaitThat(() -> rows("volume_move WHERE state = 'FILLING'") == 1);
        detach(volume);
        host(1).drivers().imageFaults().clear();
        assertThere(volume, 0, content);
        assertThat(cluster.bean(Volumes.class).require(tenant, volume).host()).isEqualTo(host(0).id());
        delete(volume);
    }
}
