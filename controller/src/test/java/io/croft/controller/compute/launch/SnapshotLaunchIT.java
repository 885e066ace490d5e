package io.croft.controller.compute.launch;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.context.Caller;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.image.ImageOptions;
import io.croft.controller.image.ImageRegistration;
import io.croft.controller.image.ImageSharing;
import io.croft.controller.image.Images;
import io.croft.controller.image.LaunchPermissions;
import io.croft.protocol.HostFacts;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.protocol.VolumeSpec;
import io.croft.testing.TestSnapshots;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceState;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Launches whose volumes start as snapshots, those of an image and those of the request. */
@ComputeTest
class SnapshotLaunchIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    Launches launches;

    @Autowired
    Images images;

    @Autowired
    ImageSharing sharing;

    @Autowired
    Snapshots snapshots;

    @Autowired
    JdbcClient jdbc;

    private Caller owner;
    private Caller other;
    private ScriptedHost host;
    private SnapshotId root;
    private SnapshotId data;
    private ImageId image;

    @BeforeEach
    void start() {
        owner = world.tenant();
        other = world.tenant();
        host = world.onlyHost(16);
        root = TestSnapshots.make(jdbc, owner.account(), 2);
        data = TestSnapshots.make(jdbc, owner.account(), 3);
        image = images.register(
                        owner,
                        new ImageRegistration(
                                "whole",
                                "",
                                null,
                                "x86_64",
                                BootMode.BIOS,
                                "/dev/sda1",
                                Map.of(),
                                new ImageOptions(
                                        List.of(
                                                disk("/dev/sda1", 4, root),
                                                disk("/dev/sdf", null, data),
                                                disk("/dev/sdg", 1, null)),
                                        true,
                                        null,
                                        false)))
                .id();
    }

    private static DiskRequest disk(String device, @Nullable Integer gib, @Nullable SnapshotId snapshot) {
        return new DiskRequest(
                device, gib, null, null, null, null, null, snapshot == null ? null : snapshot.value(), null);
    }

    private InstanceView launch(Caller caller, ImageId of, DiskRequest... disks) {
        return launches.run(caller, LaunchRequests.of(of).disks(disks).build())
                .instances()
                .getFirst();
    }

    private @Nullable SnapshotId filledWith(VolumeView volume) {
        return ((VolumeSpec) host.document(volume.id()).orElseThrow()).snapshot();
    }

    @Test
    void volumesStartAsTheImagesSnapshotsWhoeverLaunchesIt() {
        refused(ErrorCode.IMAGE_NOT_FOUND, () -> launch(other, image));
        sharing.change(owner, image, new LaunchPermissions(false, Set.of(other.account())), LaunchPermissions.NONE);
        for (var caller : List.of(owner, other)) {
            var instance = launch(caller, image);
            assertThat(instance.volumes()).extracting(v -> v.shape().sizeGib()).containsExactly(4, 3, 1);
            assertThat(instance.volumes()).extracting(this::filledWith).containsExactly(root, data, null);
            host.converge();
            world.assertState(caller, instance.id(), InstanceState.RUNNING);
        }
        refused(ErrorCode.SNAPSHOT_NOT_FOUND, () -> launch(other, world.image(), disk("/dev/sdf", null, data)));
    }

    @Test
    void aRequestNamesSnapshotsOfItsOwn() {
        var own = TestSnapshots.make(jdbc, other.account(), 1);
        var instance = launch(other, world.image(), disk("/dev/sdh", 2, own));
        assertThat(instance.volumes()).extracting(this::filledWith).containsExactly(null, own);
        refused(ErrorCode.INVALID_BLOCK_DEVICE_MAPPING, () -> launch(owner, image, disk("/dev/sdf", 2, null)));
        TestSnapshots.set(jdbc, own, "PENDING");
        refused(ErrorCode.INCORRECT_STATE, () -> launch(other, world.image(), disk("/dev/sdh", 2, own)));
    }

    @Test
    void aSnapshotThatIsLostLaunchesNothing() {
        TestSnapshots.set(jdbc, data, "ERROR");
        refused(ErrorCode.INCORRECT_STATE, () -> launch(owner, image));
        assertThat(launch(owner, image, DiskRequest.none("/dev/sdf")).volumes()).hasSize(2);
        assertThat(world.count("instance WHERE account = '" + owner.account() + "'"))
                .isOne();
    }

    @Test
    void whereNoAgentFillsVolumesThereIsNoRoom() {
        host.can(HostFacts.GUARDS_SUBNETS);
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> launch(owner, image));
        launch(owner, world.image());
    }

    @Test
    void snapshotsOfAnImageThatIsGoneCanBeDeletedWhileItsInstancesRun() {
        var instance = launch(owner, image);
        host.converge();
        refused(ErrorCode.SNAPSHOT_IN_USE, () -> snapshots.delete(owner, root));
        images.deregister(owner, image);
        snapshots.delete(owner, root);
        host.converge();
        world.assertState(owner, instance.id(), InstanceState.RUNNING);
    }
}
