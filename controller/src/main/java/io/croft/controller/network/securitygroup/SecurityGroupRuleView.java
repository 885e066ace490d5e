package io.croft.controller.network.securitygroup;

import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.AccountId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SecurityGroupRuleId;
import java.util.Map;

/** A rule of a security group. */
public record SecurityGroupRuleView(
        SecurityGroupRuleId id,
        SecurityGroupId group,
        AccountId owner,
        Direction direction,
        Permission permission,
        Map<String, String> tags) {}
