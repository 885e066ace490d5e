package io.croft.controller.network.account;

import io.croft.controller.network.networkacl.NetworkAclRows;
import io.croft.controller.network.networkacl.NetworkAclRows.Association;
import io.croft.controller.network.networkacl.NetworkAclRows.Row;
import io.croft.controller.network.vpc.VpcAcls;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.protocol.NetworkAclSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.NetworkAclAssociationId;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The network ACLs of a VPC after a restore: what its host was told of them. A host of before network ACLs was told nothing, and its VPC has what the database has, or what every VPC starts with.
 */
@Component
class RestoredAcls {
    private final NetworkAclRows rows;
    private final VpcAcls acls;
    private final VpcTable vpcs;
    private final RandomGenerator random;

    RestoredAcls(NetworkAclRows rows, VpcAcls acls, VpcTable vpcs, RandomGenerator random) {
        this.rows = rows;
        this.acls = acls;
        this.vpcs = vpcs;
        this.random = random;
    }

    /** Makes sure that, where the database has no ACL of the VPC, it has those of which its host was told, and its subnets, which are there, too. */
    void ensure(VpcSpec vpc) {
        if (vpc.networkAcls() != null && known(vpc).acls().isEmpty()) {
            make(vpc, vpc.networkAcls());
        }
        if (vpc.networkAcls() != null) {
            associate(vpc);
        }
    }

    private VpcAcls.Borders known(VpcSpec vpc) {
        return Objects.requireNonNull(acls.of(List.of(vpc.id())).get(vpc.id()));
    }

    private void make(VpcSpec vpc, List<NetworkAclSpec> told) {
        for (var acl : told) {
            rows.insert(new Row(acl.id(), vpc.account(), vpc.id(), acl.isDefault()));
            acl.entries().forEach(e -> rows.insert(acl.id(), e));
        }
    }

    /** Gives subnets the ACLs of which their host was told, where they have none but the default one. */
    private void associate(VpcSpec vpc) {
        var there = known(vpc);
        var known = there.acls().stream().map(NetworkAclSpec::id).collect(Collectors.toSet());
        var subnets = vpcs.subnetsOf(List.of(vpc.id())).stream().map(Subnet::id).collect(Collectors.toSet());
        wanted(vpc).forEach((subnet, acl) -> {
            if (!there.explicit().containsKey(subnet) && known.contains(acl) && subnets.contains(subnet)) {
                rows.put(new Association(NetworkAclAssociationId.random(random), vpc.id(), acl, subnet));
            }
        });
    }

    /** Makes the VPC's ACLs all and just what its host was told. */
    void set(VpcSpec vpc) {
        if (vpc.networkAcls() != null && !agree(vpc)) {
            rows.clear(vpc.id());
            make(vpc, vpc.networkAcls());
            associate(vpc);
        }
    }

    /** Whether the database has the VPC's ACLs as its host was told of them, if it was. */
    boolean agree(VpcSpec vpc) {
        if (vpc.networkAcls() == null) {
            return true;
        }
        var there = known(vpc);
        return folded(there.acls()).equals(folded(vpc.networkAcls()))
                && there.explicit().equals(wanted(vpc));
    }

    /** Whatever the order of the entries. */
    private static Set<Map.Entry<NetworkAclId, Map.Entry<Boolean, Set<NetworkAclSpec.Entry>>>> folded(
            List<NetworkAclSpec> acls) {
        return acls.stream()
                .map(a -> Map.entry(a.id(), Map.entry(a.isDefault(), Set.copyOf(a.entries()))))
                .collect(Collectors.toSet());
    }

    /** The ACLs of those subnets that have another than the default one. */
    private static Map<SubnetId, NetworkAclId> wanted(VpcSpec vpc) {
        var defaults = Objects.requireNonNullElse(vpc.networkAcls(), List.<NetworkAclSpec>of()).stream()
                .filter(NetworkAclSpec::isDefault)
                .map(NetworkAclSpec::id)
                .collect(Collectors.toSet());
        var wanted = new HashMap<SubnetId, NetworkAclId>();
        for (SubnetSpec subnet : vpc.allSubnets()) {
            if (subnet.networkAcl() != null && !defaults.contains(subnet.networkAcl())) {
                wanted.put(subnet.id(), subnet.networkAcl());
            }
        }
        return wanted;
    }
}
