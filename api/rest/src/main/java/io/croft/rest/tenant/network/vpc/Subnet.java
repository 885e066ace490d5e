package io.croft.rest.tenant.network.vpc;

import java.util.Map;

/**
 * A subnet.
 *
 * @param availableAddresses private addresses that are free
 * @param defaultForZone whether a launch that names only the zone lands here
 * @param mapPublicAddress whether an instance gets a public address unless it says otherwise
 */
public record Subnet(
        String subnetId,
        String vpcId,
        String cidr,
        String zone,
        int availableAddresses,
        boolean defaultForZone,
        boolean mapPublicAddress,
        Map<String, String> tags) {}
