package io.croft.rest.tenant.network.vpc;

/**
 * A further block of addresses for a VPC.
 *
 * @param cidr /16 to /28
 */
public record NewCidrBlock(String cidr) {}
