package io.croft.controller.ec2api;

import io.croft.controller.blockstorage.VolumeView;
import io.croft.controller.compute.InstanceView;
import io.croft.controller.network.NetworkInterfaceView;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplatePlacement;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecification;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;

/** An instance as the data of a launch template that makes more of its kind; what belongs to the one instance, such as its addresses, is left out. */
final class InstanceDataForm {
    private InstanceDataForm() {}

    static ResponseLaunchTemplateData write(InstanceView instance, @Nullable String userData) {
        var metadata = MetadataForm.write(instance);
        return ResponseLaunchTemplateData.builder()
                .imageId(instance.image().value())
                .instanceType(instance.instanceType())
                .keyName(instance.keyName())
                .userData(userData)
                .placement(placement(instance))
                .blockDeviceMappings(instance.volumes().stream()
                        .flatMap(v -> disk(v).stream())
                        .toList())
                .networkInterfaces(primary(instance))
                .monitoring(m -> m.enabled(instance.monitored()))
                .disableApiTermination(instance.protection().termination())
                .disableApiStop(instance.protection().stop())
                .instanceInitiatedShutdownBehavior(instance.shutdownBehavior().ec2Name())
                .ebsOptimized(instance.ebsOptimized())
                .metadataOptions(m -> m.httpEndpoint(metadata.httpEndpointAsString())
                        .httpTokens(metadata.httpTokensAsString())
                        .httpPutResponseHopLimit(metadata.httpPutResponseHopLimit())
                        .instanceMetadataTags(metadata.instanceMetadataTagsAsString()))
                .maintenanceOptions(m -> m.autoRecovery(MaintenanceForm.write(instance.autoRecovery())))
                .hibernationOptions(h -> h.configured(instance.hibernation()))
                .tagSpecifications(tags(instance))
                .build();
    }

    private static LaunchTemplatePlacement placement(InstanceView instance) {
        var placement = LaunchTemplatePlacement.builder()
                .availabilityZone(instance.zone())
                .tenancy("default");
        var group = instance.group();
        return group == null
                ? placement.build()
                : placement
                        .groupName(group.name())
                        .partitionNumber(group.partition())
                        .build();
    }

    private static Optional<LaunchTemplateBlockDeviceMapping> disk(VolumeView volume) {
        return Optional.ofNullable(volume.attachment())
                .map(a -> LaunchTemplateBlockDeviceMapping.builder()
                        .deviceName(a.device())
                        .ebs(d -> d.volumeSize(volume.shape().sizeGib())
                                .volumeType(volume.shape().type().ec2Name())
                                .iops(volume.shape().iops())
                                .throughput(volume.shape().throughput())
                                .encrypted(false)
                                .deleteOnTermination(a.deleteOnTermination()))
                        .build());
    }

    private static List<LaunchTemplateInstanceNetworkInterfaceSpecification> primary(InstanceView instance) {
        return instance.interfaces().stream()
                .limit(1)
                .map(InstanceDataForm::primary)
                .toList();
    }

    private static LaunchTemplateInstanceNetworkInterfaceSpecification primary(NetworkInterfaceView nic) {
        return LaunchTemplateInstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .description(nic.description().isEmpty() ? null : nic.description())
                .associatePublicIpAddress(nic.wantsPublicAddress())
                .subnetId(nic.subnet().value())
                .groups(nic.groups().stream().map(g -> g.id().value()).toList())
                .deleteOnTermination(true)
                .build();
    }

    private static List<LaunchTemplateTagSpecification> tags(InstanceView instance) {
        var own = Tags.ofOwner(instance.tags());
        return own.isEmpty()
                ? List.of()
                : List.of(LaunchTemplateTagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE.tagName())
                        .tags(TagForm.write(own))
                        .build());
    }
}
