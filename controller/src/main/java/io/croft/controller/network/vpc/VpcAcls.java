package io.croft.controller.network.vpc;

import io.croft.protocol.NetworkAclSpec;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What crosses the borders of subnets; the room that owns the network ACLs says it. */
public interface VpcAcls {
    /** The borders of the subnets of each of the VPCs. */
    Map<VpcId, Borders> of(Collection<VpcId> vpcs);

    /**
     * The borders of a VPC's subnets.
     *
     * @param acls its network ACLs
     * @param explicit the ACLs of the subnets that do not have the default one
     */
    record Borders(List<NetworkAclSpec> acls, Map<SubnetId, NetworkAclId> explicit) {
        public Borders {
            acls = List.copyOf(acls);
            explicit = Map.copyOf(explicit);
        }

        /** The ACL that says what crosses a subnet's border. */
        NetworkAclSpec of(SubnetId subnet) {
            var own = explicit.get(subnet);
            return acls.stream()
                    .filter(a -> own == null ? a.isDefault() : a.id().equals(own))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no network ACL of " + subnet));
        }
    }
}
