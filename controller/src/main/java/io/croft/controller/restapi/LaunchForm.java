package io.croft.controller.restapi;

import io.croft.controller.blockstorage.RootDiskRequest;
import io.croft.controller.blockstorage.VolumeType;
import io.croft.controller.compute.GroupChoice;
import io.croft.controller.compute.LaunchRequest;
import io.croft.controller.compute.MetadataOptions;
import io.croft.controller.compute.PlacementGroupReference;
import io.croft.controller.compute.Protection;
import io.croft.controller.compute.ShutdownBehavior;
import io.croft.controller.tags.TagSpecification;
import io.croft.rest.tenant.NewInstances;
import io.croft.rest.tenant.NewInstances.RootVolume;
import io.croft.rest.tenant.PlacementChoice;
import io.croft.types.ImageId;
import io.croft.types.PlacementGroupId;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a launch asks for. */
final class LaunchForm {
    private static final String STOP = ShutdownBehavior.STOP.ec2Name();

    private LaunchForm() {}

    /**
     * Reads the request.
     *
     * @param token null for none
     * @throws io.croft.controller.context.CloudException InvalidParameterValue, or an id's Malformed
     */
    static LaunchRequest read(NewInstances request, @Nullable String token) {
        var count = Objects.requireNonNullElse(request.count(), 1);
        return new LaunchRequest(
                new ImageId(Objects.requireNonNull(request.imageId())),
                request.instanceType(),
                Objects.requireNonNullElse(request.minCount(), count),
                count,
                request.keyName(),
                request.userData(),
                Values.list(request.securityGroupIds()).stream()
                        .map(SecurityGroupId::new)
                        .toList(),
                List.of(),
                Optional.ofNullable(request.subnetId()).map(SubnetId::new).orElse(null),
                request.zone(),
                Optional.ofNullable(request.placementGroup())
                        .map(LaunchForm::group)
                        .orElse(null),
                request.privateAddress(),
                request.publicAddress(),
                "",
                rootDisk(request.rootVolume()),
                Boolean.TRUE.equals(request.hibernation()),
                metadata(request.metadata()),
                Values.named(
                        "shutdownBehavior",
                        ShutdownBehavior.values(),
                        ShutdownBehavior::ec2Name,
                        Objects.requireNonNullElse(request.shutdownBehavior(), STOP)),
                new Protection(
                        Boolean.TRUE.equals(request.terminationProtected()),
                        Boolean.TRUE.equals(request.stopProtected())),
                false,
                !Boolean.FALSE.equals(request.autoRecovery()),
                Boolean.TRUE.equals(request.monitored()),
                token,
                List.of(
                        new TagSpecification(ResourceType.INSTANCE, Values.map(request.tags())),
                        new TagSpecification(ResourceType.VOLUME, Values.map(request.volumeTags()))));
    }

    static GroupChoice group(PlacementChoice choice) {
        return new GroupChoice(reference(choice), choice.partition());
    }

    private static PlacementGroupReference reference(PlacementChoice choice) {
        return choice.placementGroupId() != null
                ? new PlacementGroupReference.ById(new PlacementGroupId(choice.placementGroupId()))
                : new PlacementGroupReference.ByName(Objects.requireNonNull(choice.name()));
    }

    private static RootDiskRequest rootDisk(@Nullable RootVolume volume) {
        return volume == null
                ? RootDiskRequest.DEFAULT
                : new RootDiskRequest(
                        volume.device(),
                        volume.sizeGib(),
                        Optional.ofNullable(volume.type())
                                .map(VolumeType::named)
                                .orElse(null),
                        volume.iops(),
                        volume.throughput(),
                        volume.deleteOnTermination());
    }

    private static MetadataOptions metadata(io.croft.rest.tenant.@Nullable MetadataOptions asked) {
        var standard = MetadataOptions.DEFAULT;
        return asked == null
                ? standard
                : new MetadataOptions(
                        Objects.requireNonNullElse(asked.enabled(), standard.endpointEnabled()),
                        Objects.requireNonNullElse(asked.tokensRequired(), standard.tokensRequired()),
                        Objects.requireNonNullElse(asked.hopLimit(), standard.hopLimit()),
                        Objects.requireNonNullElse(asked.tagsShown(), standard.tagsInMetadata()));
    }
}
