package io.croft.controller.restapi.compute.launchspec;

import io.croft.controller.blockstorage.volume.BlockDevices;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.compute.launchspec.GroupChoice;
import io.croft.controller.compute.launchspec.InstanceCount;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.tags.TagSpecification;
import io.croft.rest.tenant.compute.instance.MetadataOptions;
import io.croft.rest.tenant.compute.instance.NewInstances;
import io.croft.rest.tenant.compute.instance.NewInstances.RootVolume;
import io.croft.rest.tenant.compute.instance.NewInstances.VolumeMapping;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateData;
import io.croft.rest.tenant.compute.placementgroup.PlacementChoice;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Launches, as far as they are said, as REST writes them. */
public final class LaunchSpecForm {
    private LaunchSpecForm() {}

    /** How many instances a request asks for. */
    public static InstanceCount count(NewInstances request) {
        var count = Objects.requireNonNullElse(request.count(), 1);
        return new InstanceCount(Objects.requireNonNullElse(request.minCount(), count), count);
    }

    /**
     * Reads what a request says of its launch.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue
     */
    public static LaunchSpec read(NewInstances request) {
        return read(new LaunchTemplateData(
                request.imageId(),
                request.instanceType(),
                request.keyName(),
                request.userData(),
                request.securityGroupIds(),
                null,
                request.subnetId(),
                request.zone(),
                request.placementGroup(),
                request.capacityReservation(),
                request.privateAddress(),
                request.publicAddress(),
                null,
                request.rootVolume(),
                request.volumes(),
                request.hibernation(),
                request.monitored(),
                request.metadata(),
                request.shutdownBehavior(),
                request.terminationProtected(),
                request.stopProtected(),
                request.autoRecovery(),
                request.tags(),
                request.volumeTags(),
                null));
    }

    /**
     * Reads what a template says.
     *
     * @throws io.croft.controller.context.CloudException as the other
     */
    public static LaunchSpec read(LaunchTemplateData data) {
        var groups = Values.list(data.securityGroupIds());
        var names = Values.list(data.securityGroupNames());
        // EC2 knows a public address and a description of an interface alone, which then has to say all of the network.
        var named = data.publicAddress() != null || data.interfaceDescription() != null;
        return new LaunchSpec(
                data.imageId(),
                data.instanceType(),
                data.keyName(),
                data.userData(),
                named
                        ? new LaunchSpec.Network(null, List.of(), names, null)
                        : new LaunchSpec.Network(data.subnetId(), groups, names, data.privateAddress()),
                named
                        ? List.of(new LaunchSpec.Interface(
                                0,
                                data.subnetId(),
                                groups,
                                data.privateAddress(),
                                data.publicAddress(),
                                data.interfaceDescription()))
                        : List.of(),
                placement(data.zone(), data.placementGroup()),
                Stream.concat(
                                Stream.ofNullable(data.rootVolume()).map(LaunchSpecForm::disk),
                                Stream.ofNullable(data.volumes())
                                        .flatMap(List::stream)
                                        .peek(Values::requireValue)
                                        .map(LaunchSpecForm::disk))
                        .toList(),
                Optional.ofNullable(data.metadata())
                        .map(LaunchSpecForm::metadata)
                        .orElse(MetadataChange.NONE),
                new LaunchSpec.Options(
                        data.hibernation(),
                        Optional.ofNullable(data.shutdownBehavior())
                                .map(LaunchSpecForm::shutdownBehavior)
                                .orElse(null),
                        data.terminationProtected(),
                        data.stopProtected(),
                        null,
                        data.autoRecovery(),
                        data.monitored(),
                        data.capacityReservation()),
                Stream.of(
                                tags(ResourceType.INSTANCE, data.tags()),
                                tags(ResourceType.VOLUME, data.volumeTags()),
                                tags(ResourceType.NETWORK_INTERFACE, data.interfaceTags()))
                        .flatMap(Optional::stream)
                        .toList(),
                Collections.emptySortedMap());
    }

    private static LaunchSpec.Placement placement(@Nullable String zone, @Nullable PlacementChoice group) {
        return group == null
                ? new LaunchSpec.Placement(zone, null, null, null)
                : new LaunchSpec.Placement(zone, group.placementGroupId(), group.name(), group.partition());
    }

    /** Reads which placement group to join. */
    public static GroupChoice group(PlacementChoice choice) {
        return Objects.requireNonNull(GroupChoice.of(choice.placementGroupId(), choice.name(), choice.partition()));
    }

    private static DiskRequest disk(RootVolume volume) {
        return new DiskRequest(
                volume.device(),
                volume.sizeGib(),
                Optional.ofNullable(volume.type()).map(VolumeType::named).orElse(null),
                volume.iops(),
                volume.throughput(),
                volume.deleteOnTermination());
    }

    /**
     * Reads what is to be at a device.
     *
     * @throws io.croft.controller.context.CloudException InvalidBlockDeviceMapping, InvalidParameterValue
     */
    public static DiskRequest disk(VolumeMapping volume) {
        if (Boolean.TRUE.equals(volume.absent()) && !volume.equals(VolumeMapping.none(volume.device()))) {
            throw BlockDevices.invalid("The device '" + volume.device() + "' cannot be absent and have a volume");
        }
        return new DiskRequest(
                volume.device(),
                volume.sizeGib(),
                Optional.ofNullable(volume.type()).map(VolumeType::named).orElse(null),
                volume.iops(),
                volume.throughput(),
                volume.deleteOnTermination(),
                null,
                volume.snapshotId() == null ? null : new SnapshotId(volume.snapshotId()).value(),
                volume.absent());
    }

    /** Reads metadata options; those not given stay as they are. */
    public static MetadataChange metadata(MetadataOptions options) {
        return new MetadataChange(options.enabled(), options.tokensRequired(), options.hopLimit(), options.tagsShown());
    }

    /**
     * Reads what a power-off from inside the guest is to mean.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue
     */
    public static ShutdownBehavior shutdownBehavior(String name) {
        return Values.named("shutdownBehavior", ShutdownBehavior.values(), ShutdownBehavior::ec2Name, name);
    }

    private static Optional<TagSpecification> tags(ResourceType type, @Nullable Map<String, String> tags) {
        return tags == null || tags.isEmpty()
                ? Optional.empty()
                : Optional.of(new TagSpecification(type, Values.map(tags)));
    }

    /** Writes a launch as a template's data, whichever edge it came by. */
    public static LaunchTemplateData write(LaunchSpec spec) {
        var network = spec.network();
        var nic = spec.primaryInterface();
        var options = spec.options();
        return new LaunchTemplateData(
                spec.image(),
                spec.instanceType(),
                spec.keyName(),
                spec.userData(),
                said(nic.groups()),
                said(network.groupNames()),
                nic.subnet(),
                spec.placement().zone(),
                group(spec.placement()),
                options.capacity(),
                nic.privateAddress(),
                nic.publicAddress(),
                nic.description(),
                spec.disks().stream()
                        .filter(LaunchSpecForm::boots)
                        .findFirst()
                        .map(LaunchSpecForm::rootVolume)
                        .orElse(null),
                said(spec.disks().stream()
                        .filter(d -> !boots(d))
                        .map(LaunchSpecForm::mapping)
                        .toList()),
                options.hibernation(),
                options.monitored(),
                metadata(spec.metadata()),
                Optional.ofNullable(options.shutdownBehavior())
                        .map(ShutdownBehavior::ec2Name)
                        .orElse(null),
                options.terminationProtected(),
                options.stopProtected(),
                options.autoRecovery(),
                tags(spec, ResourceType.INSTANCE),
                tags(spec, ResourceType.VOLUME),
                tags(spec, ResourceType.NETWORK_INTERFACE));
    }

    private static @Nullable PlacementChoice group(LaunchSpec.Placement placement) {
        var id = placement.groupId();
        var name = placement.groupName();
        return id == null && name == null
                ? null
                : new PlacementChoice(id, id == null ? name : null, placement.partition());
    }

    /** Whether it is at the first disk's place, where images have their root devices; one elsewhere is mapped as any other is. */
    private static boolean boots(DiskRequest disk) {
        return !disk.removes() && disk.snapshot() == null && disk.isOf("/dev/vda");
    }

    private static VolumeMapping mapping(DiskRequest disk) {
        return new VolumeMapping(
                Objects.requireNonNull(disk.deviceName()),
                disk.sizeGib(),
                Optional.ofNullable(disk.volumeType()).map(VolumeType::ec2Name).orElse(null),
                disk.iops(),
                disk.throughput(),
                disk.deleteOnTermination(),
                disk.snapshot(),
                disk.absent());
    }

    private static RootVolume rootVolume(DiskRequest disk) {
        return new RootVolume(
                disk.deviceName(),
                disk.sizeGib(),
                Optional.ofNullable(disk.volumeType()).map(VolumeType::ec2Name).orElse(null),
                disk.iops(),
                disk.throughput(),
                disk.deleteOnTermination());
    }

    private static @Nullable MetadataOptions metadata(MetadataChange said) {
        return said.equals(MetadataChange.NONE)
                ? null
                : new MetadataOptions(
                        said.endpointEnabled(), said.tokensRequired(), said.hopLimit(), said.tagsInMetadata());
    }

    private static @Nullable Map<String, String> tags(LaunchSpec spec, ResourceType type) {
        var tags = TagSpecification.tagsOf(type, spec.tags());
        return tags.isEmpty() ? null : tags;
    }

    private static <T> @Nullable List<T> said(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
