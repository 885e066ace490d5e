package io.croft.controller.network.networkacl;

import io.croft.types.AccountId;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;

/**
 * A network ACL as its owner sees it: its VPC's default one, which lets everything pass.
 *
 * @param subnets all of the VPC's
 */
public record NetworkAclView(
        NetworkAclId id, AccountId owner, VpcId vpc, List<SubnetId> subnets, Map<String, String> tags) {
    public NetworkAclView {
        subnets = List.copyOf(subnets);
    }

    /** What a subnet's association with its ACL is called; it has one. */
    public static String association(SubnetId subnet) {
        return subnet.value().replaceFirst("subnet-", "aclassoc-");
    }
}
