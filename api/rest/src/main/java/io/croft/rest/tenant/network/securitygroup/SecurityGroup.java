package io.croft.rest.tenant.network.securitygroup;

import java.util.List;
import java.util.Map;

/** A security group with its rules, oldest first. */
public record SecurityGroup(
        String groupId,
        String vpcId,
        String name,
        String description,
        List<SecurityGroupRule> rules,
        Map<String, String> tags) {
    public SecurityGroup {
        rules = List.copyOf(rules);
    }
}
