package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.launchspec.GroupMembership;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.ReservationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance as its owner sees it.
 *
 * @param launchIndex its place among those of its reservation, from 0
 * @param stateReason null while nothing asks for one
 * @param transitionReason EC2's {@code reason}: {@code User initiated (2026-11-21 08:00:00 GMT)}; empty when there is none
 * @param launched when it was last started
 * @param group the placement group that it was launched into; null for none
 * @param interfaces in the order of their device indexes; none once it is terminated
 * @param volumes the attached volumes, the root one first; none once it is terminated
 * @param threadsPerCore of its vCPUs, by the type that it was given
 * @param metadataInForce whether the host answers by {@code metadata} already
 * @param clientToken of the launch; null without one
 * @param capacityReservation the one that it is in; null for none
 * @param host where it is; null when nowhere. For the operator only, never shown to a tenant
 */
public record InstanceView(
        InstanceId id,
        AccountId owner,
        ReservationId reservation,
        int launchIndex,
        ImageId image,
        String instanceType,
        int vcpus,
        int threadsPerCore,
        String architecture,
        BootMode bootMode,
        InstanceState state,
        @Nullable StateReason stateReason,
        String transitionReason,
        Instant launched,
        @Nullable String keyName,
        String zone,
        @Nullable GroupMembership group,
        String rootDeviceName,
        List<NetworkInterfaceView> interfaces,
        List<VolumeView> volumes,
        InstanceOptions options,
        MetadataOptions metadata,
        boolean metadataInForce,
        @Nullable String clientToken,
        @Nullable String capacityReservation,
        @Nullable HostId host,
        Map<String, String> tags) {
    public InstanceView {
        interfaces = List.copyOf(interfaces);
        volumes = List.copyOf(volumes);
    }

    /** The password that the guest made for its administrator: empty, since only Windows makes one and no image is of Windows. */
    public String passwordData() {
        return "";
    }
}
