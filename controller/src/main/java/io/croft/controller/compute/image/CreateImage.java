package io.croft.controller.compute.image;

import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.compute.instance.InstanceRests;
import io.croft.controller.compute.instance.InstanceRow;
import io.croft.controller.compute.instance.NamedInstances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.image.PendingImages;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes an image of an instance: of all its volumes at one moment. The image is pending until their snapshots are completed.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html">CreateImage</a>
 */
@Component
public class CreateImage {
    private static final Set<InstanceState> SETTLED = Set.of(InstanceState.RUNNING, InstanceState.STOPPED);

    private final NamedInstances instances;
    private final InstanceVolumes volumes;
    private final InstanceRests rests;
    private final Snapshots snapshots;
    private final PendingImages images;
    private final ImageMoment moment;
    private final MakingTable table;
    private final Clock clock;

    CreateImage(
            NamedInstances instances,
            InstanceVolumes volumes,
            InstanceRests rests,
            Snapshots snapshots,
            PendingImages images,
            ImageMoment moment,
            MakingTable table,
            Clock clock) {
        this.instances = instances;
        this.volumes = volumes;
        this.rests = rests;
        this.snapshots = snapshots;
        this.images = images;
        this.moment = moment;
        this.table = table;
        this.clock = clock;
    }

    /**
     * Begins an image.
     *
     * @throws CloudException InvalidInstanceID.NotFound; IncorrectInstanceState unless the instance runs or is stopped, or while it is shut down for another image; InvalidAMIName.Duplicate and InvalidAMIName.Malformed;
     *     InvalidBlockDeviceMapping, AttachmentLimitExceeded, MissingParameter; InvalidSnapshot.NotFound and IncorrectState for a snapshot that is named; the errors of CreateSnapshots
     */
    @Transactional
    public ImageId create(Caller caller, InstanceImageRequest request) {
        var instance = Objects.requireNonNull(instances
                .lock(caller, List.of(request.instance()), SETTLED, "made an image")
                .get(request.instance()));
        var disks = InstanceImageDisks.of(
                instance.rootDevice(),
                volumes.of(List.of(instance.id())).getOrDefault(instance.id(), List.of()),
                request.disks(),
                id -> snapshots.hold(caller, id).sizeGib());
        var image = images.begin(caller, wish(instance, request), disks.root(), disks.devices())
                .id();
        if (request.reboot() && instance.state() == InstanceState.RUNNING) {
            rest(caller, image, request, disks);
        } else {
            moment.begin(caller, image, instance.id(), disks.sources(), request.snapshotTags());
        }
        return image;
    }

    private static PendingImages.Wish wish(InstanceRow instance, InstanceImageRequest request) {
        return new PendingImages.Wish(
                request.name(),
                request.description(),
                instance.architecture(),
                instance.bootMode(),
                instance.rootDevice(),
                instance.id(),
                request.tags());
    }

    private void rest(Caller caller, ImageId image, InstanceImageRequest request, InstanceImageDisks disks) {
        var id = request.instance();
        requireUp(id);
        var now = clock.instant();
        table.insert(
                new MakingTable.Row(
                        image,
                        caller.account(),
                        id,
                        caller.requestId(),
                        caller.principal(),
                        MakingState.HALTING,
                        now,
                        now.plus(ImageMakings.HALT),
                        request.snapshotTags()),
                disks.sources());
        rests.begin(id, "for " + image + ", request " + caller.requestId());
    }

    private void requireUp(InstanceId id) {
        table.of(id).ifPresent(other -> {
            throw new CloudException(
                    ErrorCode.INCORRECT_INSTANCE_STATE,
                    "The instance '" + id + "' is being shut down for the image '" + other + "'.");
        });
    }
}
