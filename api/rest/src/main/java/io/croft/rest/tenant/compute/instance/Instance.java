package io.croft.rest.tenant.compute.instance;

import io.croft.rest.tenant.network.securitygroup.GroupName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance.
 *
 * @param reservationId the launch that it came from
 * @param launchIndex its place among those of its launch, from 0
 * @param state EC2's name of its state
 * @param stateReason why, when something asks for a reason
 * @param launched when it was last started
 * @param placementGroup the one that it keeps to; null for none
 * @param capacityReservation which capacity reservations it is in: {@code open} for any that takes instances of its kind, {@code capacity-reservations-only} for these or nowhere, the id of the one, or "none"
 * @param capacityReservationId the capacity reservation that it is in now; null for none
 * @param networkInterfaceIds in the order of their device indexes; none once it is terminated
 * @param volumes the root one first; none once it is terminated
 * @param hibernation whether it may be hibernated
 * @param monitored whether metrics are wanted every minute
 * @param shutdownBehavior {@code stop} or {@code terminate}: what a power-off from inside means
 * @param terminationProtected whether a terminate is refused
 * @param stopProtected whether a stop and a terminate are refused
 * @param autoRecovery whether its machine is started again when it stopped by itself
 */
public record Instance(
        String instanceId,
        String reservationId,
        int launchIndex,
        String imageId,
        String instanceType,
        int vcpus,
        String architecture,
        String state,
        @Nullable StateReason stateReason,
        String launched,
        @Nullable String keyName,
        String zone,
        @Nullable Placement placementGroup,
        String capacityReservation,
        @Nullable String capacityReservationId,
        @Nullable String vpcId,
        @Nullable String subnetId,
        @Nullable String privateAddress,
        @Nullable String privateDnsName,
        @Nullable String publicAddress,
        List<GroupName> securityGroups,
        List<String> networkInterfaceIds,
        String rootDeviceName,
        List<InstanceVolume> volumes,
        boolean hibernation,
        boolean monitored,
        MetadataOptions metadata,
        String shutdownBehavior,
        boolean terminationProtected,
        boolean stopProtected,
        boolean autoRecovery,
        Map<String, String> tags) {
    public Instance {
        securityGroups = List.copyOf(securityGroups);
        networkInterfaceIds = List.copyOf(networkInterfaceIds);
        volumes = List.copyOf(volumes);
    }

    /** Why an instance is not running, with EC2's code. */
    public record StateReason(String code, String message) {}

    /**
     * The placement group of an instance.
     *
     * @param partition from 1; null in a group without partitions
     */
    public record Placement(
            String placementGroupId, String name, @Nullable Integer partition) {}

    /** A volume in an instance. */
    public record InstanceVolume(String volumeId, String device, String status, boolean deleteOnTermination) {}
}
