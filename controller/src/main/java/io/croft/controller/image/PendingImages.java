package io.croft.controller.image;

import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.image.ImageView.Origin;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Images whose snapshots are not completed yet, from their beginning to their end. */
@Component
public class PendingImages {
    private static final long GIB = 1L << 30;

    private final Images images;
    private final ImageInspection inspection;
    private final ImageStates states;
    private final ImageDevices devices;
    private final Snapshots snapshots;
    private final JdbcClient jdbc;
    private final RandomGenerator random;

    PendingImages(
            Images images,
            ImageInspection inspection,
            ImageStates states,
            ImageDevices devices,
            Snapshots snapshots,
            JdbcClient jdbc,
            RandomGenerator random) {
        this.images = images;
        this.inspection = inspection;
        this.states = states;
        this.devices = devices;
        this.snapshots = snapshots;
        this.jdbc = jdbc;
        this.random = random;
    }

    /**
     * An image to be, of an instance's volumes.
     *
     * @param tags of the image
     */
    public record Wish(
            String name,
            String description,
            String architecture,
            BootMode bootMode,
            String rootDeviceName,
            InstanceId instance,
            Map<String, String> tags) {}

    /**
     * Begins an image that is pending until {@link #made} says what it is made of, and that is completed. In the caller's transaction.
     *
     * @param root without a snapshot
     * @param others without theirs where these are to be taken
     * @throws io.croft.controller.context.CloudException InvalidAMIName.Duplicate and InvalidAMIName.Malformed, InvalidParameterValue for a description that is too long
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public ImageView begin(Caller caller, Wish wish, RootVolume root, List<ImageDevice> others) {
        inspection.check(wish.name(), wish.description());
        var image = images.insert(new ImageView(
                ImageId.random(random),
                caller.account(),
                wish.name(),
                wish.description(),
                ImageState.PENDING,
                false,
                wish.architecture(),
                wish.bootMode(),
                null,
                0,
                root.shape().sizeGib() * GIB,
                wish.rootDeviceName(),
                root,
                others,
                true,
                null,
                new Origin(null, wish.instance()),
                null,
                images.now(),
                wish.tags()));
        states.note(image, "pending", "of " + wish.instance() + ", request " + caller.requestId());
        return image;
    }

    /**
     * A snapshot that a device's volumes start as; it need not be completed yet.
     *
     * @param sizeGib the least that they have
     */
    public record Filled(SnapshotId snapshot, int sizeGib) {}

    /**
     * Says of which snapshots a pending image's devices are, the root's among them. In the caller's transaction.
     *
     * @param byDevice by the devices' names
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void made(ImageId id, Map<String, Filled> byDevice) {
        var root = images.find(id).orElseThrow().rootDeviceName();
        byDevice.forEach((device, filled) -> {
            if (device.equals(root)) {
                fillRoot(id, filled);
            } else {
                devices.fill(id, device, filled);
            }
        });
    }

    private void fillRoot(ImageId id, Filled filled) {
        jdbc.sql("""
                        UPDATE image SET root_snapshot = :snapshot, virtual_bytes = :bytes, root_gib = greatest(root_gib, :size)
                        WHERE id = :id AND state = 'PENDING'
                        """)
                .param("snapshot", filled.snapshot().value())
                .param("bytes", filled.sizeGib() * GIB)
                .param("size", filled.sizeGib())
                .param("id", id.value())
                .update();
    }

    /** Whether the image may still become what it is to be; it stays so until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean isPending(ImageId id) {
        return images.ownerOf(id)
                .flatMap(owner -> states.lock(id, owner))
                .filter(s -> s == ImageState.PENDING)
                .isPresent();
    }

    /**
     * Says that a pending image cannot be had. In the caller's transaction.
     *
     * @return whether it was pending
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean fail(ImageId id, ImageReason reason) {
        return images.ownerOf(id)
                .filter(owner -> states.move(id, owner, ImageEvent.FAILED, reason, ""))
                .isPresent();
    }

    /** The pending images of which it is known what they are made of. */
    List<ImageId> pending() {
        return jdbc.sql(
                        "SELECT id FROM image WHERE state = 'PENDING' AND num_nonnulls(digest, root_snapshot) = 1 ORDER BY id")
                .query((row, _) -> new ImageId(row.getString("id")))
                .list();
    }

    /** Completes a pending image of which all snapshots are, and gives up one of which one cannot be; says whether either was so. */
    @Transactional
    boolean settle(ImageId id) {
        var view = images.find(id).orElseThrow();
        var there = snapshots.states(view.snapshots());
        for (var snapshot : view.snapshots()) {
            switch (there.get(snapshot)) {
                case null -> {
                    return fail(id, lost(snapshot, "is gone"));
                }
                case ERROR -> {
                    return fail(id, lost(snapshot, "could not be made"));
                }
                case RECYCLED, DELETING -> {
                    return fail(id, lost(snapshot, "was deleted"));
                }
                case PENDING, SEALING -> {
                    return false;
                }
                case COMPLETED -> {}
            }
        }
        return states.move(id, view.owner(), ImageEvent.COMPLETED, null, "");
    }

    private static ImageReason lost(SnapshotId snapshot, String how) {
        return new ImageReason("Client.SnapshotError", "The snapshot " + snapshot + " " + how + ".");
    }
}
