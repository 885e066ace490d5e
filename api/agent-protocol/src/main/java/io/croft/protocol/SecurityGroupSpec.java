package io.croft.protocol;

import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.List;

/** A security group and all its rules. What no rule allows is dropped. */
public record SecurityGroupSpec(
        SecurityGroupId id,
        AccountId account,
        VpcId vpc,
        Generation generation,
        Presence presence,
        List<SecurityGroupRuleSpec> rules)
        implements HostDocument {
    public SecurityGroupSpec {
        rules = List.copyOf(rules);
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.SECURITY_GROUP, id.value());
    }
}
