package io.croft.controller.image;

import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.controller.blockstorage.snapshot.Snapshots.Deletion;
import io.croft.controller.context.Caller;
import io.croft.types.ImageId;
import io.croft.types.SnapshotId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Ends images together with the snapshots that volumes of their instances started as.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeregisterImage.html">DeregisterImage</a>
 */
@Component
public class ImageRemoval {
    private final Images images;
    private final Snapshots snapshots;

    ImageRemoval(Images images, Snapshots snapshots) {
        this.images = images;
        this.snapshots = snapshots;
    }

    /**
     * Ends an image of the caller's account, and deletes those of its snapshots that nothing else needs.
     *
     * @return in the order of the devices, the root's first
     * @throws io.croft.controller.context.CloudException as {@link Images#deregister}
     */
    @Transactional
    public SequencedMap<SnapshotId, Deletion> deregister(Caller caller, ImageId id) {
        var used = images.find(id).map(ImageView::snapshots);
        images.deregister(caller, id);
        var outcomes = new HashMap<SnapshotId, Deletion>();
        used.orElseThrow().stream()
                .sorted(Comparator.comparing(SnapshotId::value))
                .forEach(s -> outcomes.put(s, snapshots.deleteUnused(caller, s)));
        var inOrder = new LinkedHashMap<SnapshotId, Deletion>();
        used.orElseThrow().forEach(s -> inOrder.put(s, Objects.requireNonNull(outcomes.get(s))));
        return inOrder;
    }
}
