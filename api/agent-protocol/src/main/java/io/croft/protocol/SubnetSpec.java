package io.croft.protocol;

import io.croft.types.Cidr;
import io.croft.types.SubnetId;

/**
 * A subnet of a VPC.
 *
 * @param cidr its block
 * @param gateway the router's address, the block's first plus one
 * @param gatewayMac the router's MAC in this subnet, the same on every host, as {@code 02:ab:cd:ef:01:23}
 * @param vni the VXLAN network identifier, 1 to 16777215, unique in the deployment
 * @param zone the availability zone
 */
public record SubnetSpec(SubnetId id, Cidr cidr, String gateway, String gatewayMac, int vni, String zone) {}
