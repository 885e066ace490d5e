package io.croft.controller.compute.launchspec;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ImageId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A launch that says all that it has to.
 *
 * @param instanceType null for {@link #DEFAULT_TYPE}
 * @param userData base64 of at most 16 KiB, wrapped or not; null for none
 * @param group the placement group to join; null for none
 * @param disks what is said of their block devices, each of another
 * @param clientToken null for none
 * @param tags for instances, volumes and network interfaces
 */
public record LaunchRequest(
        ImageId image,
        @Nullable String instanceType,
        InstanceCount count,
        @Nullable String keyName,
        @Nullable String userData,
        Network network,
        @Nullable GroupChoice group,
        List<DiskRequest> disks,
        MetadataOptions metadata,
        InstanceOptions options,
        @Nullable String clientToken,
        List<TagSpecification> tags) {
    /** What a launch without a type gets. */
    public static final String DEFAULT_TYPE = "t3.micro";

    public LaunchRequest {
        disks = List.copyOf(disks);
        tags = List.copyOf(tags);
    }

    /**
     * The primary interface of each instance.
     *
     * @param groupIds security groups by id; with {@code groupNames} empty too, the VPC's default group
     * @param groupNames security groups by name, for launches into the default VPC
     * @param subnet null for the default subnet of {@code zone}
     * @param zone null for that of {@code subnet}, else the first zone with room
     * @param privateAddress the primary private address, for a single instance; null for any free one
     * @param publicAddress whether to have a public address; null for what the subnet says
     */
    public record Network(
            List<SecurityGroupId> groupIds,
            List<String> groupNames,
            @Nullable SubnetId subnet,
            @Nullable String zone,
            @Nullable String privateAddress,
            @Nullable Boolean publicAddress,
            String description) {
        /** Where a launch that says nothing comes to be. */
        public static final Network DEFAULT = new Network(List.of(), List.of(), null, null, null, null, "");

        public Network {
            groupIds = List.copyOf(groupIds);
            groupNames = List.copyOf(groupNames);
        }
    }

    /** The smallest launch of one instance: everything else by default. */
    public static LaunchRequest of(ImageId image, String instanceType) {
        return new LaunchRequest(
                image,
                instanceType,
                InstanceCount.ONE,
                null,
                null,
                Network.DEFAULT,
                null,
                List.of(),
                MetadataOptions.DEFAULT,
                InstanceOptions.DEFAULT,
                null,
                List.of());
    }
}
