package io.croft.controller.restapi;

import io.croft.controller.compute.LaunchParameters;
import io.croft.controller.compute.NewLaunchTemplateVersion;
import io.croft.controller.compute.ShutdownBehavior;
import io.croft.rest.tenant.LaunchTemplateData;
import io.croft.rest.tenant.MetadataOptions;
import io.croft.rest.tenant.NewInstances;
import io.croft.rest.tenant.NewInstances.RootVolume;
import io.croft.rest.tenant.PlacementChoice;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Launch parameters, which are kept and merged by AWS's names, as REST writes them. */
final class LaunchParametersForm {
    private static final String ON = "enabled";
    private static final String OFF = "disabled";
    private static final String RECOVERED = "default";
    private static final String REQUIRED = "required";
    private static final String OPTIONAL = "optional";

    private LaunchParametersForm() {}

    static NewLaunchTemplateVersion version(@Nullable String description, LaunchTemplateData data) {
        return new NewLaunchTemplateVersion(
                description, new LaunchParameters(structure(data).members()));
    }

    /** What a launch from a template says itself. */
    static LaunchParameters write(NewInstances request, @Nullable String token) {
        var count = Objects.requireNonNullElse(request.count(), 1);
        var data = new LaunchTemplateData(
                request.imageId(),
                request.instanceType(),
                request.keyName(),
                request.userData(),
                request.securityGroupIds(),
                null,
                request.subnetId(),
                request.zone(),
                request.placementGroup(),
                request.privateAddress(),
                request.publicAddress(),
                null,
                request.rootVolume(),
                request.hibernation(),
                request.monitored(),
                request.metadata(),
                request.shutdownBehavior(),
                request.terminationProtected(),
                request.stopProtected(),
                request.autoRecovery(),
                request.tags(),
                request.volumeTags(),
                null);
        return new LaunchParameters(structure(data)
                .with("MinCount", Objects.requireNonNullElse(request.minCount(), count))
                .with("MaxCount", count)
                .with("ClientToken", token)
                .members());
    }

    private static Structure structure(LaunchTemplateData data) {
        var all = Structure.empty()
                .with("ImageId", data.imageId())
                .with("InstanceType", data.instanceType())
                .with("KeyName", data.keyName())
                .with("UserData", data.userData())
                .with("SecurityGroups", Values.list(data.securityGroupNames()))
                .with("Placement", placement(data))
                .with("BlockDeviceMappings", rootVolume(data.rootVolume()))
                .with("HibernationOptions", Structure.empty().with("Configured", data.hibernation()))
                .with("Monitoring", Structure.empty().with("Enabled", data.monitored()))
                .with("MetadataOptions", metadata(data.metadata()))
                .with("InstanceInitiatedShutdownBehavior", shutdownBehavior(data.shutdownBehavior()))
                .with("DisableApiTermination", data.terminationProtected())
                .with("DisableApiStop", data.stopProtected())
                .with(
                        "MaintenanceOptions",
                        Structure.empty().with("AutoRecovery", word(data.autoRecovery(), RECOVERED, OFF)))
                .with("TagSpecifications", tags(data));
        return network(data, all);
    }

    /** EC2 knows a public address and a description of an interface alone, which then has to say all of the network. */
    private static Structure network(LaunchTemplateData data, Structure all) {
        if (data.publicAddress() == null && data.interfaceDescription() == null) {
            return all.with("SubnetId", data.subnetId())
                    .with("SecurityGroupIds", Values.list(data.securityGroupIds()))
                    .with("PrivateIpAddress", data.privateAddress());
        }
        var nic = Structure.empty()
                .with("DeviceIndex", 0)
                .with("SubnetId", data.subnetId())
                .with("Groups", Values.list(data.securityGroupIds()))
                .with("PrivateIpAddress", data.privateAddress())
                .with("AssociatePublicIpAddress", data.publicAddress())
                .with("Description", data.interfaceDescription());
        return all.with("NetworkInterfaces", List.of(nic.members()));
    }

    private static Structure placement(LaunchTemplateData data) {
        var group = Optional.ofNullable(data.placementGroup());
        return Structure.empty()
                .with("AvailabilityZone", data.zone())
                .with("GroupId", group.map(PlacementChoice::placementGroupId).orElse(null))
                .with("GroupName", group.map(PlacementChoice::name).orElse(null))
                .with("PartitionNumber", group.map(PlacementChoice::partition).orElse(null));
    }

    private static List<Object> rootVolume(@Nullable RootVolume volume) {
        if (volume == null) {
            return List.of();
        }
        return List.of(Structure.empty()
                .with("DeviceName", volume.device())
                .with(
                        "Ebs",
                        Structure.empty()
                                .with("VolumeSize", volume.sizeGib())
                                .with("VolumeType", volume.type())
                                .with("Iops", volume.iops())
                                .with("Throughput", volume.throughput())
                                .with("DeleteOnTermination", volume.deleteOnTermination()))
                .members());
    }

    private static @Nullable Structure metadata(@Nullable MetadataOptions options) {
        return options == null
                ? null
                : Structure.empty()
                        .with("HttpEndpoint", word(options.enabled(), ON, OFF))
                        .with("HttpTokens", word(options.tokensRequired(), REQUIRED, OPTIONAL))
                        .with("HttpPutResponseHopLimit", options.hopLimit())
                        .with("InstanceMetadataTags", word(options.tagsShown(), ON, OFF));
    }

    private static @Nullable String word(@Nullable Boolean flag, String yes, String no) {
        return flag == null ? null : flag ? yes : no;
    }

    private static @Nullable String shutdownBehavior(@Nullable String name) {
        return name == null
                ? null
                : Values.named("shutdownBehavior", ShutdownBehavior.values(), ShutdownBehavior::ec2Name, name)
                        .ec2Name();
    }

    private static List<Object> tags(LaunchTemplateData data) {
        return Stream.of(
                        tags("instance", data.tags()),
                        tags("volume", data.volumeTags()),
                        tags("network-interface", data.interfaceTags()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Object> tags(String type, @Nullable Map<String, String> tags) {
        if (tags == null || tags.isEmpty()) {
            return Optional.empty();
        }
        var list = Values.map(tags).entrySet().stream()
                .map(t -> Structure.empty()
                        .with("Key", t.getKey())
                        .with("Value", t.getValue())
                        .members())
                .toList();
        return Optional.of(
                Structure.empty().with("ResourceType", type).with("Tags", list).members());
    }

    /** What is kept of a template, whichever edge it came by. */
    static LaunchTemplateData read(LaunchParameters parameters) {
        var all = new Structure(parameters.members());
        var nic = all.structures("NetworkInterfaces").stream().findFirst();
        var network = nic.orElse(all);
        return new LaunchTemplateData(
                all.text("ImageId"),
                all.text("InstanceType"),
                all.text("KeyName"),
                all.text("UserData"),
                nic.isPresent() ? network.texts("Groups") : network.texts("SecurityGroupIds"),
                all.texts("SecurityGroups"),
                network.text("SubnetId"),
                all.structure("Placement").text("AvailabilityZone"),
                placement(all.structure("Placement")),
                network.text("PrivateIpAddress"),
                network.flag("AssociatePublicIpAddress"),
                network.text("Description"),
                all.structures("BlockDeviceMappings").stream()
                        .findFirst()
                        .map(LaunchParametersForm::rootVolume)
                        .orElse(null),
                all.structure("HibernationOptions").flag("Configured"),
                all.structure("Monitoring").flag("Enabled"),
                metadata(all.structure("MetadataOptions")),
                all.text("InstanceInitiatedShutdownBehavior"),
                all.flag("DisableApiTermination"),
                all.flag("DisableApiStop"),
                all.structure("MaintenanceOptions").choice("AutoRecovery", RECOVERED),
                tags(all, "instance"),
                tags(all, "volume"),
                tags(all, "network-interface"));
    }

    private static @Nullable PlacementChoice placement(Structure placement) {
        var id = placement.text("GroupId");
        var name = placement.text("GroupName");
        return id == null && name == null
                ? null
                : new PlacementChoice(id, id == null ? name : null, placement.number("PartitionNumber"));
    }

    private static RootVolume rootVolume(Structure mapping) {
        var ebs = mapping.structure("Ebs");
        return new RootVolume(
                mapping.text("DeviceName"),
                ebs.number("VolumeSize"),
                ebs.text("VolumeType"),
                ebs.number("Iops"),
                ebs.number("Throughput"),
                ebs.flag("DeleteOnTermination"));
    }

    private static @Nullable MetadataOptions metadata(Structure options) {
        return options.isEmpty()
                ? null
                : new MetadataOptions(
                        options.choice("HttpEndpoint", ON),
                        options.choice("HttpTokens", REQUIRED),
                        options.number("HttpPutResponseHopLimit"),
                        options.choice("InstanceMetadataTags", ON));
    }

    private static @Nullable Map<String, String> tags(Structure all, String type) {
        var tags = new TreeMap<String, String>();
        all.structures("TagSpecifications").stream()
                .filter(s -> type.equals(s.text("ResourceType")))
                .flatMap(s -> s.structures("Tags").stream())
                .forEach(t -> tags.put(
                        Objects.requireNonNullElse(t.text("Key"), ""),
                        Objects.requireNonNullElse(t.text("Value"), "")));
        return tags.isEmpty() ? null : tags;
    }
}
