package io.croft.rest.tenant.network.vpc;

/**
 * A block of addresses of a VPC.
 *
 * @param associationId what it is called in its VPC
 */
public record CidrBlock(String associationId, String cidr) {}
