package io.croft.rest.tenant.network.networkacl;

import java.util.List;
import java.util.Map;

/**
 * A network ACL: its VPC's default one, which lets everything pass.
 *
 * @param subnetIds the subnets that have it
 */
public record NetworkAcl(String networkAclId, String vpcId, List<String> subnetIds, Map<String, String> tags) {
    public NetworkAcl {
        subnetIds = List.copyOf(subnetIds);
    }
}
