package io.croft.rest.tenant.network.networkacl;

import java.util.List;
import java.util.Map;

/**
 * A network ACL: which packets cross the borders of the subnets that have it, each judged by itself.
 *
 * @param isDefault whether subnets have it that were given no other
 * @param entries the one of the lowest number that matches counts, for each direction by itself; number 32767 closes it
 * @param associations the subnets that have it
 */
public record NetworkAcl(
        String networkAclId,
        String vpcId,
        boolean isDefault,
        List<NetworkAclEntry> entries,
        List<Association> associations,
        Map<String, String> tags) {
    public NetworkAcl {
        entries = List.copyOf(entries);
        associations = List.copyOf(associations);
    }

    /**
     * A subnet that has it.
     *
     * @param associationId its id
     */
    public record Association(String associationId, String subnetId) {}
}
