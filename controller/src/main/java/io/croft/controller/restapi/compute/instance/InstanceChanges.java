package io.croft.controller.restapi.compute.instance;

import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.context.CloudException;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.compute.instance.InstancePatch;
import io.croft.rest.tenant.compute.instance.MetadataOptions;
import io.croft.rest.tenant.compute.placementgroup.PlacementChoice;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what a patch changes. */
final class InstanceChanges {
    private InstanceChanges() {}

    /**
     * The changes, in the order of the patch's fields; none for an empty patch.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue, or an id's Malformed
     */
    static List<InstanceChange> read(InstancePatch patch) {
        return Stream.<Optional<? extends InstanceChange>>of(
                        Optional.ofNullable(patch.instanceType()).map(InstanceChange.Type::new),
                        Optional.ofNullable(patch.placementGroup()).map(InstanceChanges::placement),
                        Optional.ofNullable(patch.capacityReservation())
                                .map(c -> new InstanceChange.Capacity(new CapacityChoice(c))),
                        Optional.ofNullable(patch.userData())
                                .map(u -> new InstanceChange.UserData(u.isEmpty() ? null : u)),
                        Optional.ofNullable(patch.terminationProtected())
                                .map(InstanceChange.TerminationProtection::new),
                        Optional.ofNullable(patch.stopProtected()).map(InstanceChange.StopProtection::new),
                        Optional.ofNullable(patch.autoRecovery()).map(InstanceChange.AutoRecovery::new),
                        Optional.ofNullable(patch.shutdownBehavior()).map(InstanceChanges::onShutdown),
                        Optional.ofNullable(patch.securityGroupIds()).map(InstanceChanges::groups),
                        Optional.ofNullable(patch.sourceDestCheck()).map(InstanceChange.SourceDestCheck::new),
                        Optional.ofNullable(patch.metadata()).map(InstanceChanges::metadata),
                        Optional.ofNullable(patch.monitored()).map(InstanceChange.Monitoring::new),
                        Optional.ofNullable(patch.deleteOnTermination()).map(InstanceChanges::deleteOnTermination))
                .<InstanceChange>flatMap(Optional::stream)
                .toList();
    }

    private static InstanceChange placement(PlacementChoice choice) {
        if (!"".equals(choice.name())) {
            return new InstanceChange.Placement(LaunchSpecForm.group(choice));
        }
        if (choice.partition() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION, "The field 'partition' needs a placement group.");
        }
        return new InstanceChange.Placement(null);
    }

    private static InstanceChange onShutdown(String behavior) {
        return new InstanceChange.OnShutdown(LaunchSpecForm.shutdownBehavior(behavior));
    }

    private static InstanceChange metadata(MetadataOptions options) {
        return new InstanceChange.Metadata(LaunchSpecForm.metadata(options));
    }

    private static InstanceChange deleteOnTermination(Map<String, Boolean> byDevice) {
        byDevice.values().forEach(v -> Values.requireValue(v));
        return new InstanceChange.DeleteOnTermination(byDevice);
    }

    private static InstanceChange groups(List<String> ids) {
        return new InstanceChange.Groups(
                Values.list(ids).stream().map(SecurityGroupId::new).toList());
    }
}
