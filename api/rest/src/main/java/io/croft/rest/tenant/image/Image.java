package io.croft.rest.tenant.image;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine image.
 *
 * @param state EC2's name of its state
 * @param isPublic whether every account may launch it
 * @param bootMode {@code bios} or {@code uefi}
 * @param digest of the file that root volumes start as; null for an image that is made of snapshots
 * @param sizeBytes of the file; 0 without one
 * @param virtualBytes of the disk
 * @param volumes of its instances, the root volume first
 * @param sourceInstanceId the instance whose volumes its snapshots were taken of; null for none
 * @param stateReason why it failed; null unless it did
 */
public record Image(
        String imageId,
        String owner,
        String name,
        String description,
        String state,
        boolean isPublic,
        @Nullable String digest,
        String architecture,
        String bootMode,
        long sizeBytes,
        long virtualBytes,
        String rootDeviceName,
        List<Volume> volumes,
        @Nullable String sourceInstanceId,
        @Nullable String stateReason,
        String created,
        Map<String, String> tags) {
    public Image {
        volumes = List.copyOf(volumes);
    }

    /**
     * A volume that an instance of an image gets unless its launch says otherwise.
     *
     * @param device such as {@code /dev/sdf}
     * @param type EC2's volume type
     * @param iops I/O operations per second; null where its type says it
     * @param throughput in MiB/s; null where its type says it
     * @param snapshotId the snapshot that it starts as; null for one that starts as the file, or empty
     * @param deleteOnTermination whether it goes with the instance
     */
    public record Volume(
            String device,
            int sizeGib,
            String type,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            @Nullable String snapshotId,
            boolean deleteOnTermination) {}
}
