package io.croft.controller.compute.image;

import io.croft.controller.blockstorage.capture.VolumeSnapshots;
import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.image.PendingImages;
import io.croft.controller.image.PendingImages.Filled;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The moment of which an image of an instance is: begins the snapshots of the instance's volumes, and gives them to the image. */
@Component
class ImageMoment {
    private final InstanceVolumes volumes;
    private final VolumeSnapshots snapshots;
    private final PendingImages images;

    ImageMoment(InstanceVolumes volumes, VolumeSnapshots snapshots, PendingImages images) {
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.images = images;
    }

    /**
     * Begins the snapshots, in the caller's transaction. Nobody waits for the hosts to take them: one that does not in time fails its snapshot, and with that the image.
     *
     * @param sources the volumes, with their devices in the image
     * @return by volume
     * @throws CloudException IncorrectState when the instance has one of the volumes no more, and as {@link VolumeSnapshots#createAll}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Map<VolumeId, SnapshotId> begin(
            Caller caller,
            ImageId image,
            InstanceId instance,
            Map<VolumeId, String> sources,
            Map<String, String> tags) {
        var except = volumes.of(List.of(instance)).getOrDefault(instance, List.of()).stream()
                .map(VolumeView::id)
                .filter(v -> !sources.containsKey(v))
                .collect(Collectors.toSet());
        var begun = snapshots.beginAll(
                caller,
                new VolumeSnapshots.InstanceWish(
                        instance, true, except, false, "Created by CreateImage(" + instance + ") for " + image, tags));
        var byVolume = new HashMap<VolumeId, SnapshotId>();
        var filled = new HashMap<String, Filled>();
        for (var snapshot : begun) {
            var volume = new VolumeId(Objects.requireNonNull(snapshot.volume()));
            byVolume.put(volume, snapshot.id());
            filled.put(Objects.requireNonNull(sources.get(volume)), new Filled(snapshot.id(), snapshot.sizeGib()));
        }
        sources.keySet().stream()
                .filter(v -> !byVolume.containsKey(v))
                .findFirst()
                .ifPresent(v -> {
                    throw new CloudException(
                            ErrorCode.INCORRECT_STATE,
                            "The volume '" + v + "' is not attached to the instance '" + instance + "' any more.");
                });
        images.made(image, filled);
        return byVolume;
    }
}
