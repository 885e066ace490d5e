package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.SecurityGroupRuleId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What security groups let in and out. Rules of a group that does not exist are InvalidGroup.NotFound.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">Security group rules</a>
 */
public interface SecurityGroupRules {
    /** Lists rules. Filters: {@code group-id}, {@code security-group-rule-id} and the tags'. */
    Page<SecurityGroupRuleView> describe(Caller caller, Query query);

    /**
     * Adds rules, all or none.
     *
     * @return the new rules
     * @throws io.croft.controller.context.CloudException InvalidPermission.Duplicate, RulesPerSecurityGroupLimitExceeded, InvalidGroup.NotFound,
     *     InvalidParameterValue for ports or protocols that are none
     */
    List<SecurityGroupRuleView> authorize(
            Caller caller,
            GroupReference group,
            Direction direction,
            List<Permission> permissions,
            Map<String, String> tags);

    /**
     * Removes rules by what they say, all or none. The description does not count.
     *
     * @return the rules that were removed
     * @throws io.croft.controller.context.CloudException InvalidPermission.NotFound
     */
    List<SecurityGroupRuleView> revoke(
            Caller caller, GroupReference group, Direction direction, List<Permission> permissions);

    /**
     * Removes rules by their ids, all or none.
     *
     * @throws io.croft.controller.context.CloudException InvalidSecurityGroupRuleId.NotFound
     */
    List<SecurityGroupRuleView> revokeByIds(
            Caller caller, GroupReference group, Direction direction, List<SecurityGroupRuleId> rules);

    /**
     * Changes what rules say, all or none; their ids, directions and tags stay.
     *
     * @throws io.croft.controller.context.CloudException InvalidSecurityGroupRuleId.NotFound, InvalidPermission.Duplicate, InvalidGroup.NotFound,
     *     InvalidParameterValue for ports or protocols that are none
     */
    void modify(Caller caller, GroupReference group, Map<SecurityGroupRuleId, Permission> permissions);

    /**
     * Changes what a rule says, if it is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as the other
     */
    SecurityGroupRuleView modify(
            Caller caller,
            GroupReference group,
            SecurityGroupRuleId rule,
            Permission permission,
            Predicate<SecurityGroupRuleView> expected);

    /**
     * Gives rules, found by what they say, the descriptions of these permissions, all or none.
     *
     * @throws io.croft.controller.context.CloudException InvalidPermission.NotFound, InvalidParameterValue
     */
    void redescribe(Caller caller, GroupReference group, Direction direction, List<Permission> permissions);

    /**
     * Gives rules descriptions, all or none.
     *
     * @param descriptions by rule; empty for none
     * @throws io.croft.controller.context.CloudException InvalidSecurityGroupRuleId.NotFound, InvalidParameterValue
     */
    void redescribeByIds(
            Caller caller,
            GroupReference group,
            Direction direction,
            Map<SecurityGroupRuleId, Optional<String>> descriptions);
}
