package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.compute.launchspec.LaunchSpec;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.tags.TagSpecification;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Instances as launches of more of their kind. */
public final class InstanceSpecs {
    private InstanceSpecs() {}

    /**
     * The launch that makes more of the instance's kind, in its placement group by name; what belongs to the one instance, such as its addresses, is left out.
     *
     * @param userData base64; null without any
     */
    public static LaunchSpec of(InstanceView instance, @Nullable String userData) {
        var group = instance.group();
        var metadata = instance.metadata();
        var options = instance.options();
        return new LaunchSpec(
                instance.image().value(),
                instance.instanceType(),
                instance.keyName(),
                userData,
                LaunchSpec.Network.NONE,
                instance.interfaces().stream()
                        .limit(1)
                        .map(InstanceSpecs::primary)
                        .toList(),
                group == null
                        ? new LaunchSpec.Placement(instance.zone(), null, null, null)
                        : new LaunchSpec.Placement(instance.zone(), null, group.name(), group.partition()),
                instance.volumes().stream().flatMap(InstanceSpecs::disk).toList(),
                new MetadataChange(
                        metadata.endpointEnabled(),
                        metadata.tokensRequired(),
                        metadata.hopLimit(),
                        metadata.tagsInMetadata()),
                options.said(),
                tags(instance),
                Collections.emptySortedMap());
    }

    private static LaunchSpec.Interface primary(NetworkInterfaceView nic) {
        return new LaunchSpec.Interface(
                0,
                nic.subnet().value(),
                nic.groups().stream().map(g -> g.id().value()).toList(),
                null,
                nic.wantsPublicAddress(),
                nic.description().isEmpty() ? null : nic.description());
    }

    private static Stream<DiskRequest> disk(VolumeView volume) {
        var shape = volume.shape();
        return Stream.ofNullable(volume.attachment())
                .map(a -> new DiskRequest(
                        a.device(),
                        shape.sizeGib(),
                        shape.type(),
                        shape.iops(),
                        shape.throughput(),
                        a.deleteOnTermination(),
                        false,
                        null,
                        null));
    }

    private static List<TagSpecification> tags(InstanceView instance) {
        var own = Tags.ofOwner(instance.tags());
        return own.isEmpty() ? List.of() : List.of(new TagSpecification(ResourceType.INSTANCE, own));
    }
}
