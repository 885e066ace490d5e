package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.snapshot.SnapshotState;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.image.CreateImage;
import io.croft.controller.compute.image.InstanceImageRequest;
import io.croft.controller.context.Caller;
import io.croft.controller.image.ImageState;
import io.croft.controller.image.Images;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.VolumeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Images of instances with real agents: what the machines have written is in those of the image, and whoever is killed meanwhile, no image stays pending and no machine off. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageClusterIT {
    private static final int ROUNDS = 6;
    private static final int PIECE = 64 * 1024;
    private static final int BLOCK = SnapshotStore.BLOCK;

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

    private InstanceId running() {
        var data = new DiskRequest("/dev/sdf", 1, null, null, null, null);
        var ids = cluster.launch(
                tenant, LaunchRequests.of(image).publicAddress(true).disks(data));
        cluster.await(tenant, ids, InstanceState.RUNNING);
        return ids.getFirst();
    }

    private void write(InstanceId id, VolumeId volume, int block, int value) {
        var bytes = new byte[PIECE];
        Arrays.fill(bytes, (byte) value);
        cluster.host(cluster.show(tenant, id))
                .drivers()
                .volumeStore()
                .write(volume, (long) block * BLOCK + BLOCK - PIECE, bytes);
    }

    private ImageId create(InstanceId id, String name, boolean reboot) {
        return cluster.bean(CreateImage.class)
                .create(tenant, new InstanceImageRequest(id, name, "", reboot, List.of(), Map.of(), Map.of()));
    }

    private void awaitAvailable(ImageId id) {
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> cluster.bean(Images.class).owned(tenant, id).state(),
                        state -> state == ImageState.AVAILABLE);
    }

    /** The last byte of a block of a volume, by a snapshot of it. */
    private int read(VolumeView volume, int block) {
        var id = cluster.bean(VolumeSnapshots.class)
                .create(tenant, volume.id(), "", Map.of())
                .id();
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> cluster.bean(Snapshots.class).require(tenant, id).state() == SnapshotState.COMPLETED);
        var lineage = cluster.database()
                .sql("SELECT lineage FROM snapshot WHERE id = ?")
                .param(id.value())
                .query(String.class)
                .single();
        return cluster.bean(SnapshotStore.class).read(new SnapshotStore.Ref(lineage, id), block)[BLOCK - 1];
    }

    @Test
    void whatAMachineHasWrittenIsInThoseOfItsImage() {
        var origin = running();
        var volumes = cluster.show(tenant, origin).volumes();
        write(origin, volumes.getFirst().id(), 3, 7);
        write(origin, volumes.getLast().id(), 5, 9);
        var made = create(origin, "whole", false);
        awaitAvailable(made);
        write(origin, volumes.getFirst().id(), 3, 8);

        var copies = cluster.launch(tenant, LaunchRequests.of(made).counts(2, 2));
        cluster.await(tenant, copies, InstanceState.RUNNING);
        for (var copy : cluster.show(tenant, copies)) {
            assertThat(copy.volumes()).hasSize(2);
            assertThat(read(copy.volumes().getFirst(), 3)).isEqualTo(7);
            assertThat(read(copy.volumes().getLast(), 5)).isEqualTo(9);
        }
        cluster.awaitSettled();
    }

    @Test
    void aControllerThatIsKilledAnywhereGoesOn() {
        var seed = Long.getLong("croft.seed", 20261129L);
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var origin = running();
        var address = cluster.show(tenant, origin).interfaces().getFirst().publicAddress();
        for (var round = 0; round < ROUNDS; round++) {
            var made = create(origin, "round " + round, true);
            LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_500)).toNanos());
            cluster.stopController();
            cluster.startController();
            awaitAvailable(made);
            var shown = cluster.show(tenant, origin);
            assertThat(shown.state()).isEqualTo(InstanceState.RUNNING);
            assertThat(shown.interfaces().getFirst().publicAddress()).isEqualTo(address);
            cluster.database()
                    .sql("UPDATE snapshot SET started = started - interval '1 minute'")
                    .update();
        }
        cluster.awaitSettled();
        assertThat(cluster.database()
                        .sql("SELECT count(*) FROM instance_image")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
