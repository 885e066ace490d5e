package io.croft.rest.tenant.network.vpc;

import java.util.Map;

/**
 * A VPC.
 *
 * @param cidr its block of addresses
 * @param isDefault whether launches that name no subnet go there
 * @param dnsSupport whether its name server answers
 * @param dnsHostnames whether public addresses have names
 */
public record Vpc(
        String vpcId,
        String cidr,
        boolean isDefault,
        boolean dnsSupport,
        boolean dnsHostnames,
        Map<String, String> tags) {}
