package io.croft.controller.compute;

import io.croft.controller.blockstorage.RootDiskRequest;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ImageId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What RunInstances asks for.
 *
 * @param instanceType null for {@link #DEFAULT_TYPE}
 * @param minCount fewer than this is a failure, 1 or more
 * @param maxCount at most this many
 * @param userData base64 of at most 16 KiB, wrapped or not; null for none
 * @param groupIds security groups by id; with {@code groupNames} empty too, the VPC's default group
 * @param groupNames security groups by name, for launches into the default VPC
 * @param subnet null for the default subnet of {@code zone}
 * @param zone null for that of {@code subnet}, else the first zone with room
 * @param group the placement group to join; null for none
 * @param privateAddress the primary private address, for a single instance; null for any free one
 * @param publicAddress whether to have a public address; null for what the subnet says
 * @param interfaceDescription of the primary interface
 * @param hibernation whether the instances may be hibernated
 * @param ebsOptimized whether the instances are to be optimized for EBS
 * @param autoRecovery whether their machines are started again when they stopped by themselves
 * @param monitored whether metrics are to be taken every minute
 * @param clientToken null for none
 * @param tags for instances, volumes and network interfaces
 */
public record LaunchRequest(
        ImageId image,
        @Nullable String instanceType,
        int minCount,
        int maxCount,
        @Nullable String keyName,
        @Nullable String userData,
        List<SecurityGroupId> groupIds,
        List<String> groupNames,
        @Nullable SubnetId subnet,
        @Nullable String zone,
        @Nullable GroupChoice group,
        @Nullable String privateAddress,
        @Nullable Boolean publicAddress,
        String interfaceDescription,
        RootDiskRequest rootDisk,
        boolean hibernation,
        MetadataOptions metadata,
        ShutdownBehavior shutdownBehavior,
        Protection protection,
        boolean ebsOptimized,
        boolean autoRecovery,
        boolean monitored,
        @Nullable String clientToken,
        List<TagSpecification> tags) {
    /** What a launch without a type gets. */
    public static final String DEFAULT_TYPE = "t3.micro";

    public LaunchRequest {
        groupIds = List.copyOf(groupIds);
        groupNames = List.copyOf(groupNames);
        tags = List.copyOf(tags);
    }

    /** The smallest launch of one instance: everything else by default. */
    public static LaunchRequest of(ImageId image, String instanceType) {
        return new LaunchRequest(
                image,
                instanceType,
                1,
                1,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                "",
                RootDiskRequest.DEFAULT,
                false,
                MetadataOptions.DEFAULT,
                ShutdownBehavior.STOP,
                Protection.NONE,
                false,
                true,
                false,
                null,
                List.of());
    }
}
