package io.croft.controller.network.eni;

import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a launch wants its primary interfaces.
 *
 * @param subnet null for the default VPC's subnets
 * @param zone null for any
 * @param groupIds with {@code groupNames} empty too, the VPC's default group
 */
public record NetworkRequest(
        @Nullable SubnetId subnet, @Nullable String zone, List<SecurityGroupId> groupIds, List<String> groupNames) {
    public NetworkRequest {
        groupIds = List.copyOf(groupIds);
        groupNames = List.copyOf(groupNames);
    }
}
