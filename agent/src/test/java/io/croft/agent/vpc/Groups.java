package io.croft.agent.vpc;

import io.croft.agent.network.Specs;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import io.croft.types.SecurityGroupId;
import java.util.List;

/** Security groups for tests. */
public final class Groups {
    public static final int TCP = 6;
    public static final int UDP = 17;
    public static final int ALL = SecurityGroupRuleSpec.ALL;
    public static final SecurityGroupRuleSpec EGRESS_ALL =
            new SecurityGroupRuleSpec(Direction.EGRESS, ALL, ALL, ALL, new Cidr("0.0.0.0/0"), null);

    private Groups() {}

    public static SecurityGroupId id(int number) {
        return new SecurityGroupId("sg-" + "%017x".formatted(number));
    }

    public static SecurityGroupSpec of(VpcSpec vpc, int number, SecurityGroupRuleSpec... rules) {
        return new SecurityGroupSpec(
                id(number), Specs.ACCOUNT, vpc.id(), Generation.FIRST, Presence.PRESENT, List.of(rules));
    }

    public static SecurityGroupRuleSpec ingress(int protocol, int from, int to, String cidr) {
        return new SecurityGroupRuleSpec(Direction.INGRESS, protocol, from, to, new Cidr(cidr), null);
    }

    public static SecurityGroupRuleSpec egress(int protocol, int from, int to, String cidr) {
        return new SecurityGroupRuleSpec(Direction.EGRESS, protocol, from, to, new Cidr(cidr), null);
    }

    public static SecurityGroupRuleSpec ingressFrom(int protocol, int from, int to, int group) {
        return new SecurityGroupRuleSpec(Direction.INGRESS, protocol, from, to, null, id(group));
    }
}
