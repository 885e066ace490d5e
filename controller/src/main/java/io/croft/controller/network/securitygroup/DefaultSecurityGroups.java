package io.croft.controller.network.securitygroup;

import io.croft.controller.network.vpc.VpcPart;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.types.VpcId;
import java.util.List;
import org.springframework.stereotype.Component;

/** Each VPC's own security group; the others have to be deleted before their VPC. */
@Component
class DefaultSecurityGroups implements VpcPart {
    private final SecurityGroupTable table;

    DefaultSecurityGroups(SecurityGroupTable table) {
        this.table = table;
    }

    @Override
    public void begin(Vpc vpc) {
        table.insertDefault(vpc.account(), vpc.id());
    }

    @Override
    public boolean holds(VpcId vpc) {
        return !table.othersOf(vpc).isEmpty();
    }

    @Override
    public List<String> end(VpcId vpc) {
        return table.deleteAll(table.defaultOf(vpc).stream().toList());
    }
}
