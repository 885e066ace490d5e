package io.croft.rest.tenant.compute.instance;

import io.croft.rest.tenant.compute.placementgroup.PlacementChoice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change of an instance; what is absent stays.
 *
 * @param instanceType of a stopped instance
 * @param placementGroup of a stopped instance, whose host has to suit the group; with an empty name for none
 * @param capacityReservation of a stopped instance: which capacity reservations it is in
 * @param userData of a stopped instance: base64 of at most 16 KiB, empty for none
 * @param autoRecovery whether its machine is started again when it stopped by itself
 * @param securityGroupIds all groups of its one interface
 * @param sourceDestCheck whether its one interface drops packets with another source than its own addresses
 * @param metadata what is absent of it stays, too
 * @param monitored whether metrics are wanted every minute
 * @param deleteOnTermination whether a volume goes with the instance, by the volume's device; the other volumes stay as they are
 */
public record InstancePatch(
        @Nullable String instanceType,
        @Nullable PlacementChoice placementGroup,
        @Nullable String capacityReservation,
        @Nullable String userData,
        @Nullable Boolean terminationProtected,
        @Nullable Boolean stopProtected,
        @Nullable Boolean autoRecovery,
        @Nullable String shutdownBehavior,
        @Nullable List<String> securityGroupIds,
        @Nullable Boolean sourceDestCheck,
        @Nullable MetadataOptions metadata,
        @Nullable Boolean monitored,
        @Nullable Map<String, Boolean> deleteOnTermination) {}
