package io.croft.controller.network.securitygroup;

import io.croft.types.AccountId;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;

/**
 * A security group with all its rules.
 *
 * @param rules oldest first, both directions
 */
public record SecurityGroupView(
        SecurityGroupId id,
        AccountId owner,
        VpcId vpc,
        String name,
        String description,
        List<SecurityGroupRuleView> rules,
        Map<String, String> tags) {
    public SecurityGroupView {
        rules = List.copyOf(rules);
    }
}
