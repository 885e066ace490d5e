package io.croft.rest.tenant.network.vpc;

import java.util.List;
import java.util.Map;

/**
 * A VPC.
 *
 * @param cidr its first block of addresses
 * @param cidrBlocks all its blocks, the first one first
 * @param isDefault whether launches that name no subnet go there
 * @param dnsSupport whether its name server answers
 * @param dnsHostnames whether public addresses have names
 */
public record Vpc(
        String vpcId,
        String cidr,
        List<CidrBlock> cidrBlocks,
        boolean isDefault,
        boolean dnsSupport,
        boolean dnsHostnames,
        Map<String, String> tags) {
    public Vpc {
        cidrBlocks = List.copyOf(cidrBlocks);
    }
}
