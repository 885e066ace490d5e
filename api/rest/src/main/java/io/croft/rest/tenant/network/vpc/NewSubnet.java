package io.croft.rest.tenant.network.vpc;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A subnet to be made.
 *
 * @param cidr its block of addresses, /16 to /28, within one of its VPC's
 * @param zone null for the first
 */
public record NewSubnet(
        String vpcId,
        String cidr,
        @Nullable String zone,
        @Nullable Map<String, String> tags) {}
