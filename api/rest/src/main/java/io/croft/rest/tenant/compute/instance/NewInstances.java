package io.croft.rest.tenant.compute.instance;

import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateChoice;
import io.croft.rest.tenant.compute.placementgroup.PlacementChoice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to launch instances. With a launch template, what is absent is as that says.
 *
 * @param imageId required but for a launch from a template
 * @param instanceType {@code t3.micro} by default
 * @param count how many; 1 by default
 * @param minCount fewer than this is a failure; {@code count} by default
 * @param userData base64 of at most 16 KiB
 * @param securityGroupIds the VPC's default group by default
 * @param subnetId the default subnet of {@code zone} by default
 * @param zone that of the subnet, else the first with room, by default
 * @param privateAddress any free one by default; for a single instance
 * @param publicAddress whether to have a public address; as the subnet says by default
 * @param placementGroup none by default
 * @param capacityReservation which capacity reservations they are in: {@code open} (by default) for any that takes instances of their kind, {@code capacity-reservations-only} for these or nowhere, the id of the one, or "none"
 * @param hibernation whether they may be hibernated; false by default
 * @param monitored whether metrics are wanted every minute; false by default
 * @param shutdownBehavior {@code stop} (by default) or {@code terminate}
 * @param terminationProtected whether a terminate is refused; false by default
 * @param stopProtected whether a stop and a terminate are refused; false by default
 * @param autoRecovery whether the machine of one is started again when it stopped by itself; true by default
 * @param tags of each instance
 * @param volumes what else is to be at their devices: an instance has 16 volumes at most, the root volume counted
 * @param volumeTags of each volume
 */
public record NewInstances(
        @Nullable LaunchTemplateChoice launchTemplate,
        @Nullable String imageId,
        @Nullable String instanceType,
        @Nullable Integer count,
        @Nullable Integer minCount,
        @Nullable String keyName,
        @Nullable String userData,
        @Nullable List<String> securityGroupIds,
        @Nullable String subnetId,
        @Nullable String zone,
        @Nullable String privateAddress,
        @Nullable Boolean publicAddress,
        @Nullable RootVolume rootVolume,
        @Nullable List<VolumeMapping> volumes,
        @Nullable PlacementChoice placementGroup,
        @Nullable String capacityReservation,
        @Nullable Boolean hibernation,
        @Nullable Boolean monitored,
        @Nullable MetadataOptions metadata,
        @Nullable String shutdownBehavior,
        @Nullable Boolean terminationProtected,
        @Nullable Boolean stopProtected,
        @Nullable Boolean autoRecovery,
        @Nullable Map<String, String> tags,
        @Nullable Map<String, String> volumeTags) {
    public NewInstances {
        if (launchTemplate == null) {
            Objects.requireNonNull(imageId, "imageId is missing");
        }
    }

    /** The smallest launch of one instance. */
    public static NewInstances of(String imageId, String instanceType) {
        return new NewInstances(
                null,
                imageId,
                instanceType,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * What a launch says of the root volume.
     *
     * @param device the image's root device, by any of its names, which it is by default; required with a launch template
     * @param sizeGib at least the image's, and the image's by default
     * @param type EC2's volume type; the image's by default
     * @param iops I/O operations per second, which {@code io1} and {@code io2} need and {@code gp3} may have
     * @param throughput in MiB/s, of {@code gp3} alone
     * @param deleteOnTermination the image's by default
     */
    public record RootVolume(
            @Nullable String device,
            @Nullable Integer sizeGib,
            @Nullable String type,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            @Nullable Boolean deleteOnTermination) {}

    /**
     * What a launch says of a device of each instance. Devices whose names differ in {@code sd}, {@code xvd} and {@code vd} alone are one.
     *
     * @param device such as {@code /dev/sdf}
     * @param sizeGib of a new volume; by default the snapshot's that is named here, or that of the image where it has one there
     * @param type EC2's volume type; {@code gp3} by default
     * @param iops I/O operations per second, which {@code io1} and {@code io2} need and {@code gp3} may have
     * @param throughput in MiB/s, of {@code gp3} alone
     * @param deleteOnTermination whether it goes with the instance; true by default
     * @param snapshotId the completed snapshot that it starts as; by default the image's where it has one there, else it is empty
     * @param absent whether there is to be nothing at the device, whatever the image has there
     */
    public record VolumeMapping(
            String device,
            @Nullable Integer sizeGib,
            @Nullable String type,
            @Nullable Integer iops,
            @Nullable Integer throughput,
            @Nullable Boolean deleteOnTermination,
            @Nullable String snapshotId,
            @Nullable Boolean absent) {
        public VolumeMapping {
            Objects.requireNonNull(device, "device is missing");
        }

        /** Nothing is to be at the device. */
        public static VolumeMapping none(String device) {
            return new VolumeMapping(device, null, null, null, null, null, null, true);
        }
    }
}
