package io.croft.controller.ec2api.compute.launchspec;

import io.croft.controller.awsedge.Action.EmptyIsAbsent;
import io.croft.controller.awsedge.Given;
import io.croft.controller.awsedge.Parameters;
import io.croft.controller.awsedge.StructureMembers;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.context.CloudException;
import io.croft.controller.ec2api.blockstorage.volume.BlockDeviceReader;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ResourceType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.HibernationOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceMaintenanceOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataOptionsRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecification;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesMonitoringEnabled;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/**
 * Launches, as far as they are said, in the three structures in which EC2 writes their parameters. What these share they name alike, so a template's data are read as the
 * request of a launch is, and nothing about a parameter has to be said twice.
 */
@Parameters(
        value = {
            "ImageId",
            "InstanceType",
            "KeyName",
            "UserData",
            "SecurityGroupId",
            "SecurityGroup",
            "SubnetId",
            "PrivateIpAddress",
            "NetworkInterface.DeviceIndex",
            "NetworkInterface.SubnetId",
            "NetworkInterface.SecurityGroupId",
            "NetworkInterface.PrivateIpAddress",
            "NetworkInterface.AssociatePublicIpAddress",
            "NetworkInterface.Description",
            "Placement.AvailabilityZone",
            "Placement.GroupId",
            "Placement.GroupName",
            "Placement.PartitionNumber",
            "MetadataOptions.HttpTokens",
            "MetadataOptions.HttpEndpoint",
            "MetadataOptions.HttpPutResponseHopLimit",
            "MetadataOptions.InstanceMetadataTags",
            "HibernationOptions.Configured",
            "InstanceInitiatedShutdownBehavior",
            "DisableApiTermination",
            "DisableApiStop",
            "EbsOptimized",
            "MaintenanceOptions.AutoRecovery",
            "Monitoring.Enabled",
            "CapacityReservationSpecification.CapacityReservationPreference",
            "CapacityReservationSpecification.CapacityReservationTarget.CapacityReservationId",
            "TagSpecification.*"
        },
        emptyIsAbsent = {
            @EmptyIsAbsent(
                    value = {
                        "DisableApiTermination",
                        "EbsOptimized",
                        "HibernationOptions.Configured",
                        "Monitoring.Enabled",
                        "Placement.AvailabilityZone"
                    },
                    because = "Terraform's aws_instance gives these with every launch, whatever is configured"),
            @EmptyIsAbsent(
                    value = "UserData",
                    because = "Packer's builders and Terraform's aws_launch_template give it when there is none")
        })
public final class LaunchSpecForm {
    private LaunchSpecForm() {}

    /**
     * Reads what a request says of its launch.
     *
     * @throws CloudException MissingParameter, InvalidParameterValue
     */
    public static LaunchSpec read(RunInstancesRequest request) {
        return new LaunchSpec(
                request.imageId(),
                request.instanceTypeAsString(),
                request.keyName(),
                request.userData(),
                new LaunchSpec.Network(
                        request.subnetId(),
                        request.securityGroupIds(),
                        request.securityGroups(),
                        request.privateIpAddress()),
                request.networkInterfaces().stream().map(LaunchSpecForm::read).toList(),
                Optional.ofNullable(request.placement())
                        .map(LaunchSpecForm::read)
                        .orElse(LaunchSpec.Placement.NONE),
                BlockDeviceReader.read(request.blockDeviceMappings()),
                Optional.ofNullable(request.metadataOptions())
                        .map(LaunchSpecForm::read)
                        .orElse(MetadataChange.NONE),
                options(request),
                TagForm.specifications(
                        request.tagSpecifications(),
                        ResourceType.INSTANCE,
                        ResourceType.VOLUME,
                        ResourceType.NETWORK_INTERFACE),
                Collections.emptySortedMap());
    }

    /**
     * Reads a template's data, with the constants that it shows again.
     *
     * @throws CloudException as the other
     */
    public static LaunchSpec read(RequestLaunchTemplateData data) {
        var members = StructureMembers.of(data);
        var spec = read(StructureMembers.fill(RunInstancesRequest.builder(), members));
        return spec.saying(Constants.of(members, members(spec)));
    }

    private static LaunchSpec.Interface read(InstanceNetworkInterfaceSpecification nic) {
        return new LaunchSpec.Interface(
                nic.deviceIndex(),
                nic.subnetId(),
                nic.groups(),
                nic.privateIpAddress(),
                nic.associatePublicIpAddress(),
                nic.description());
    }

    private static LaunchSpec.Placement read(Placement placement) {
        return new LaunchSpec.Placement(
                placement.availabilityZone(), placement.groupId(), placement.groupName(), placement.partitionNumber());
    }

    private static MetadataChange read(InstanceMetadataOptionsRequest options) {
        return MetadataForm.read(
                options.httpEndpointAsString(),
                options.httpTokensAsString(),
                options.httpPutResponseHopLimit(),
                options.instanceMetadataTagsAsString());
    }

    private static LaunchSpec.Options options(RunInstancesRequest request) {
        return new LaunchSpec.Options(
                Optional.ofNullable(request.hibernationOptions())
                        .map(HibernationOptionsRequest::configured)
                        .orElse(null),
                Optional.ofNullable(request.instanceInitiatedShutdownBehaviorAsString())
                        .map(LaunchSpecForm::shutdownBehavior)
                        .orElse(null),
                request.disableApiTermination(),
                request.disableApiStop(),
                request.ebsOptimized(),
                Optional.ofNullable(request.maintenanceOptions())
                        .map(InstanceMaintenanceOptionsRequest::autoRecoveryAsString)
                        .map(said -> MaintenanceForm.read("MaintenanceOptions.AutoRecovery", said))
                        .orElse(null),
                Optional.ofNullable(request.monitoring())
                        .map(RunInstancesMonitoringEnabled::enabled)
                        .orElse(null),
                CapacityForm.read(request.capacityReservationSpecification()));
    }

    /**
     * Reads what a power-off from inside the guest is to mean.
     *
     * @throws CloudException InvalidParameterValue
     */
    public static ShutdownBehavior shutdownBehavior(String name) {
        return Arrays.stream(ShutdownBehavior.values())
                .filter(b -> b.ec2Name().equals(name))
                .findFirst()
                .orElseThrow(() -> Given.invalid("InstanceInitiatedShutdownBehavior", name));
    }

    /** Writes a launch as a template's data. */
    public static ResponseLaunchTemplateData write(LaunchSpec spec) {
        var members = members(spec);
        Constants.put(members, spec.constants());
        return StructureMembers.fill(ResponseLaunchTemplateData.builder(), members);
    }

    /** Writes a launch that makes more of an instance's kind, with what EC2 tells of every instance. */
    public static ResponseLaunchTemplateData ofInstance(LaunchSpec spec) {
        var constants = new TreeMap<>(Map.of("Placement.Tenancy", "default"));
        if (!spec.interfaces().isEmpty()) {
            constants.put("NetworkInterfaces.DeleteOnTermination", "true");
        }
        return write(spec.saying(constants));
    }

    /** What is said, by EC2's names. */
    private static NavigableMap<String, Object> members(LaunchSpec spec) {
        var options = spec.options();
        var metadata = spec.metadata();
        var placement = spec.placement();
        var data = ResponseLaunchTemplateData.builder()
                .imageId(spec.image())
                .instanceType(spec.instanceType())
                .keyName(spec.keyName())
                .userData(spec.userData())
                .securityGroups(said(spec.network().groupNames()))
                .placement(p -> p.availabilityZone(placement.zone())
                        .groupId(placement.groupId())
                        .groupName(placement.groupName())
                        .partitionNumber(placement.partition()))
                .blockDeviceMappings(
                        said(spec.disks().stream().map(LaunchSpecForm::write).toList()))
                .metadataOptions(m -> m.httpEndpoint(MetadataForm.endpoint(metadata.endpointEnabled()))
                        .httpTokens(MetadataForm.tokens(metadata.tokensRequired()))
                        .httpPutResponseHopLimit(metadata.hopLimit())
                        .instanceMetadataTags(MetadataForm.tags(metadata.tagsInMetadata())))
                .hibernationOptions(h -> h.configured(options.hibernation()))
                .instanceInitiatedShutdownBehavior(Optional.ofNullable(options.shutdownBehavior())
                        .map(ShutdownBehavior::ec2Name)
                        .orElse(null))
                .disableApiTermination(options.terminationProtected())
                .disableApiStop(options.stopProtected())
                .ebsOptimized(options.ebsOptimized())
                .maintenanceOptions(m -> m.autoRecovery(Optional.ofNullable(options.autoRecovery())
                        .map(MaintenanceForm::write)
                        .orElse(null)))
                .monitoring(m -> m.enabled(options.monitored()))
                .capacityReservationSpecification(CapacityForm.template(options.capacity()))
                .tagSpecifications(
                        said(spec.tags().stream().map(LaunchSpecForm::write).toList()));
        network(data, spec);
        return StructureMembers.of(data.build());
    }

    /** A template has a subnet and an address of an interface alone, which then has to say all of the network. */
    private static void network(ResponseLaunchTemplateData.Builder data, LaunchSpec spec) {
        var network = spec.network();
        if (network.subnet() == null && network.privateAddress() == null) {
            data.securityGroupIds(said(network.groupIds()))
                    .networkInterfaces(said(spec.interfaces().stream()
                            .map(LaunchSpecForm::write)
                            .toList()));
        } else {
            data.networkInterfaces(write(network.primary()));
        }
    }

    private static LaunchTemplateInstanceNetworkInterfaceSpecification write(LaunchSpec.Interface nic) {
        return LaunchTemplateInstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(nic.deviceIndex())
                .subnetId(nic.subnet())
                .groups(said(nic.groups()))
                .privateIpAddress(nic.privateAddress())
                .associatePublicIpAddress(nic.publicAddress())
                .description(nic.description())
                .build();
    }

    private static LaunchTemplateBlockDeviceMapping write(DiskRequest disk) {
        var mapping = LaunchTemplateBlockDeviceMapping.builder().deviceName(disk.deviceName());
        if (disk.removes()) {
            return mapping.noDevice("").build();
        }
        return mapping.ebs(e -> e.volumeSize(disk.sizeGib())
                        .volumeType(Optional.ofNullable(disk.volumeType())
                                .map(VolumeType::ec2Name)
                                .orElse(null))
                        .iops(disk.iops())
                        .throughput(disk.throughput())
                        .deleteOnTermination(disk.deleteOnTermination())
                        .encrypted(disk.encrypted())
                        .snapshotId(disk.snapshot()))
                .build();
    }

    private static LaunchTemplateTagSpecification write(TagSpecification specification) {
        return LaunchTemplateTagSpecification.builder()
                .resourceType(specification.type().tagName())
                .tags(said(TagForm.write(specification.tags())))
                .build();
    }

    /** Null for an empty list: EC2 leaves out what is not said. */
    private static <T> @Nullable List<T> said(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
