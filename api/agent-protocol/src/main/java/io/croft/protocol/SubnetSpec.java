package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.Cidr;
import io.croft.types.NetworkAclId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import org.jspecify.annotations.Nullable;

/**
 * A subnet of a VPC.
 *
 * @param cidr its block
 * @param gateway the router's address, the block's first plus one
 * @param gatewayMac the router's MAC in this subnet, the same on every host, as {@code 02:ab:cd:ef:01:23}
 * @param vni the VXLAN network identifier, 1 to 16777215, unique in the deployment
 * @param zone the availability zone
 * @param routeTable the table that says its ways out; null from a controller of before route tables: everything leaves
 * @param networkAcl the ACL that says what crosses its border; null from a controller of before them: everything does
 */
public record SubnetSpec(
        SubnetId id,
        Cidr cidr,
        String gateway,
        String gatewayMac,
        int vni,
        String zone,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RouteTableId routeTable,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NetworkAclId networkAcl) {
    /** One of before network ACLs. */
    public SubnetSpec(
            SubnetId id,
            Cidr cidr,
            String gateway,
            String gatewayMac,
            int vni,
            String zone,
            @Nullable RouteTableId routeTable) {
        this(id, cidr, gateway, gatewayMac, vni, zone, routeTable, null);
    }

    /** One of before route tables. */
    public SubnetSpec(SubnetId id, Cidr cidr, String gateway, String gatewayMac, int vni, String zone) {
        this(id, cidr, gateway, gatewayMac, vni, zone, null, null);
    }
}
