package io.croft.controller.ec2api;

import io.croft.controller.awsedge.Given;
import io.croft.controller.compute.GroupChoice;
import io.croft.controller.compute.ImageAlias;
import io.croft.controller.compute.LaunchRequest;
import io.croft.controller.compute.MetadataOptions;
import io.croft.controller.compute.PlacementGroupReference;
import io.croft.controller.compute.Protection;
import io.croft.controller.compute.ShutdownBehavior;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.PlacementGroupId;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Reads what a RunInstances request asks for, whichever of EC2's two ways it names the network by. */
final class LaunchReader {
    private final RunInstancesRequest request;

    LaunchReader(RunInstancesRequest request) {
        this.request = request;
    }

    /**
     * Reads the launch.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue, InvalidParameterCombination or an id's Malformed
     */
    LaunchRequest read() {
        var nic = primaryInterface();
        return new LaunchRequest(
                image(Given.value(request.imageId(), "ImageId")),
                request.instanceTypeAsString(),
                Given.value(request.minCount(), "MinCount"),
                Given.value(request.maxCount(), "MaxCount"),
                request.keyName(),
                request.userData(),
                nic.groups(),
                request.securityGroups(),
                nic.subnet(),
                request.placement() == null ? null : request.placement().availabilityZone(),
                group(),
                nic.privateAddress(),
                nic.publicAddress(),
                nic.description(),
                RootDiskReader.read(request.blockDeviceMappings()),
                request.hibernationOptions() != null
                        && Boolean.TRUE.equals(request.hibernationOptions().configured()),
                metadata(),
                shutdownBehavior(request.instanceInitiatedShutdownBehaviorAsString()),
                protection(),
                Boolean.TRUE.equals(request.ebsOptimized()),
                MaintenanceForm.read(
                        "MaintenanceOptions.AutoRecovery",
                        request.maintenanceOptions() == null
                                ? null
                                : request.maintenanceOptions().autoRecoveryAsString()),
                monitored(),
                request.clientToken(),
                TagForm.specifications(
                        request.tagSpecifications(),
                        ResourceType.INSTANCE,
                        ResourceType.VOLUME,
                        ResourceType.NETWORK_INTERFACE));
    }

    private static ImageId image(String id) {
        ImageAlias.refuse(id);
        return new ImageId(id);
    }

    /** What the launch says of its one interface. */
    private record Interface(
            @Nullable SubnetId subnet,
            List<SecurityGroupId> groups,
            @Nullable String privateAddress,
            @Nullable Boolean publicAddress,
            String description) {
        Interface {
            groups = List.copyOf(groups);
        }
    }

    private Interface primaryInterface() {
        if (request.networkInterfaces().isEmpty()) {
            return new Interface(
                    subnet(request.subnetId()),
                    groups(request.securityGroupIds()),
                    request.privateIpAddress(),
                    null,
                    "");
        }
        requireOneWay();
        var nic = request.networkInterfaces().getFirst();
        requirePrimary(nic);
        return new Interface(
                subnet(nic.subnetId()),
                groups(nic.groups()),
                nic.privateIpAddress(),
                nic.associatePublicIpAddress(),
                Objects.requireNonNullElse(nic.description(), ""));
    }

    private void requireOneWay() {
        if (request.subnetId() != null
                || request.privateIpAddress() != null
                || !request.securityGroupIds().isEmpty()
                || !request.securityGroups().isEmpty()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "Network interfaces and an instance-level subnet, security group or private address may not be"
                            + " specified on the same request");
        }
    }

    private void requirePrimary(InstanceNetworkInterfaceSpecification nic) {
        if (request.networkInterfaces().size() > 1) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION, "The parameter NetworkInterface.2 is not supported");
        }
        if (!Integer.valueOf(0).equals(Given.value(nic.deviceIndex(), "NetworkInterface.1.DeviceIndex"))) {
            throw Given.invalid(
                    "NetworkInterface.1.DeviceIndex", nic.deviceIndex().toString());
        }
    }

    private @Nullable GroupChoice group() {
        var placement = request.placement();
        if (placement == null) {
            return null;
        }
        var id = placement.groupId();
        var name = placement.groupName();
        if (id != null && name != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters Placement.GroupId and Placement.GroupName cannot be used together");
        }
        if (id != null) {
            return new GroupChoice(
                    new PlacementGroupReference.ById(new PlacementGroupId(id)), placement.partitionNumber());
        }
        if (name != null) {
            return new GroupChoice(new PlacementGroupReference.ByName(name), placement.partitionNumber());
        }
        if (placement.partitionNumber() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "Placement.PartitionNumber needs a placement group, Placement.GroupName or Placement.GroupId");
        }
        return null;
    }

    private static @Nullable SubnetId subnet(@Nullable String id) {
        return id == null ? null : new SubnetId(id);
    }

    private static List<SecurityGroupId> groups(List<String> ids) {
        return ids.stream().map(SecurityGroupId::new).toList();
    }

    private MetadataOptions metadata() {
        var options = request.metadataOptions();
        return options == null
                ? MetadataOptions.DEFAULT
                : MetadataForm.read(
                                options.httpEndpointAsString(),
                                options.httpTokensAsString(),
                                options.httpPutResponseHopLimit(),
                                options.instanceMetadataTagsAsString())
                        .on(MetadataOptions.DEFAULT);
    }

    private boolean monitored() {
        return request.monitoring() != null
                && Boolean.TRUE.equals(request.monitoring().enabled());
    }

    private Protection protection() {
        return new Protection(
                Boolean.TRUE.equals(request.disableApiTermination()), Boolean.TRUE.equals(request.disableApiStop()));
    }

    /**
     * Reads what a power-off from inside the guest is to mean; to stop when it is not said.
     *
     * @throws CloudException InvalidParameterValue
     */
    static ShutdownBehavior shutdownBehavior(@Nullable String name) {
        if (name == null) {
            return ShutdownBehavior.STOP;
        }
        return Arrays.stream(ShutdownBehavior.values())
                .filter(b -> b.ec2Name().equals(name))
                .findFirst()
                .orElseThrow(() -> Given.invalid("InstanceInitiatedShutdownBehavior", name));
    }
}
