package io.croft.controller.network.networkacl;

import io.croft.controller.network.networkacl.NetworkAclRows.Association;
import io.croft.controller.network.networkacl.NetworkAclRows.Row;
import io.croft.controller.network.vpc.VpcAcls;
import io.croft.controller.network.vpc.VpcPart;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.protocol.NetworkAclSpec;
import io.croft.types.NetworkAclId;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The network ACLs of whole VPCs: the default one that each starts with, and what hosts are told of all. */
@Component
class VpcNetworkAcls implements VpcPart, VpcAcls {
    private final NetworkAclRows rows;
    private final RandomGenerator random;

    VpcNetworkAcls(NetworkAclRows rows, RandomGenerator random) {
        this.rows = rows;
        this.random = random;
    }

    /** What a VPC starts with lets everything pass. */
    @Override
    public void begin(Vpc vpc) {
        var acl = NetworkAclId.random(random);
        if (rows.insert(new Row(acl, vpc.account(), vpc.id(), true))) {
            Stream.of(true, false).forEach(egress -> rows.insert(acl, EntryRules.everything(egress)));
        }
    }

    @Override
    public boolean holds(VpcId vpc) {
        return rows.of(List.of(vpc)).size() > 1;
    }

    @Override
    public List<String> end(VpcId vpc) {
        return rows.clear(vpc);
    }

    @Override
    public Map<VpcId, Borders> of(Collection<VpcId> vpcs) {
        var acls = rows.of(vpcs);
        var entries = rows.entriesOf(acls.stream().map(Row::id).toList());
        var others = acls.stream().filter(a -> !a.isDefault()).map(Row::id).collect(Collectors.toSet());
        var explicit = others.isEmpty() ? List.<Association>of() : rows.associationsOf(vpcs);
        var borders = new HashMap<VpcId, Borders>();
        for (var vpc : vpcs) {
            borders.put(
                    vpc,
                    new Borders(
                            acls.stream()
                                    .filter(a -> a.vpc().equals(vpc))
                                    .map(a -> new NetworkAclSpec(
                                            a.id(), a.isDefault(), entries.getOrDefault(a.id(), List.of())))
                                    .toList(),
                            explicit.stream()
                                    .filter(a -> a.vpc().equals(vpc) && others.contains(a.acl()))
                                    .collect(Collectors.toMap(Association::subnet, Association::acl))));
        }
        return borders;
    }
}
