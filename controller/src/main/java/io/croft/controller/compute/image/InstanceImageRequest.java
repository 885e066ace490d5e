package io.croft.controller.compute.image;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.types.InstanceId;
import java.util.List;
import java.util.Map;

/**
 * A request for an image of an instance.
 *
 * @param name unique among the account's images
 * @param description empty for none
 * @param reboot whether a machine that runs is shut down first, so that its file systems are whole
 * @param disks what is to be other than the instance's devices, and beyond them
 * @param tags of the image
 * @param snapshotTags of each of its snapshots
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html">CreateImage</a>
 */
public record InstanceImageRequest(
        InstanceId instance,
        String name,
        String description,
        boolean reboot,
        List<DiskRequest> disks,
        Map<String, String> tags,
        Map<String, String> snapshotTags) {
    public InstanceImageRequest {
        disks = List.copyOf(disks);
        tags = Map.copyOf(tags);
        snapshotTags = Map.copyOf(snapshotTags);
    }
}
