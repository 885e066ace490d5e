package io.croft.controller.network.networkacl;

import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.types.AccountId;
import io.croft.types.NetworkAclAssociationId;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;

/**
 * A network ACL as its owner sees it.
 *
 * @param isDefault whether subnets have it that were given no other
 * @param entries those for what leaves first, in the order in which they are asked; the last one of each direction, number 32767, closes it
 */
public record NetworkAclView(
        NetworkAclId id,
        AccountId owner,
        VpcId vpc,
        boolean isDefault,
        List<Entry> entries,
        List<Association> associations,
        Map<String, String> tags) {
    public NetworkAclView {
        entries = List.copyOf(entries);
        associations = List.copyOf(associations);
    }

    /** A subnet that has it. */
    public record Association(NetworkAclAssociationId id, SubnetId subnet) {}
}
