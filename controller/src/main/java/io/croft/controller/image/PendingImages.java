package io.croft.controller.image;

import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.context.Caller;
import io.croft.controller.image.ImageView.Origin;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
     * @throws io.croft.controller.context.CloudException InvalidAMIName.Duplicate and InvalidAMIName.Malformed, InvalidParameterValue for a description that is too long
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public ImageView begin(Caller caller, Wish wish, RootVolume root) {
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
                List.of(),
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
     * Says what a pending image is made of: its snapshots, which need not be completed yet. Does nothing to one that is not pending any more. In the caller's transaction.
     *
     * @param virtualBytes of the root's snapshot
     * @return whether it is pending
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean made(ImageId id, RootVolume root, long virtualBytes, List<ImageDevice> others) {
        var shape = root.shape();
        var pending = jdbc.sql("""
                                UPDATE image SET root_snapshot = :snapshot, virtual_bytes = :bytes, root_gib = :size, root_type = :type,
                                    root_iops = :iops, root_throughput = :throughput, root_delete_on_termination = :deleteOnTermination
                                WHERE id = :id AND state = 'PENDING' AND root_snapshot IS NULL
                                """)
                        .param(
                                "snapshot",
                                Objects.requireNonNull(root.snapshot()).value())
                        .param("bytes", virtualBytes)
                        .param("size", shape.sizeGib())
                        .param("type", shape.type().ec2Name())
                        .param("iops", shape.iops(), Types.INTEGER)
                        .param("throughput", shape.throughput(), Types.INTEGER)
                        .param("deleteOnTermination", root.deleteOnTermination())
                        .param("id", id.value())
                        .update()
                == 1;
        if (pending) {
            devices.insert(id, others);
        }
        return pending;
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
