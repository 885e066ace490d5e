package io.croft.controller.network;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.SecurityGroupId;
import io.croft.types.SecurityGroupRuleId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Security groups: stateful, allow-only, closed from outside unless a rule opens them.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html">Security groups</a>
 */
public interface SecurityGroups {
    /**
     * Makes a group that lets everything out and nothing in.
     *
     * @param name 1 to 255 characters, unique in the VPC, not beginning with {@code sg-}
     * @param vpc null for the default VPC
     * @throws io.croft.controller.context.CloudException InvalidGroup.Duplicate, InvalidVpcID.NotFound, VPCIdNotSpecified, InvalidParameterValue
     */
    SecurityGroupId create(
            Caller caller, String name, String description, @Nullable VpcId vpc, Map<String, String> tags);

    /**
     * Deletes a group that nothing uses.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound, DependencyViolation, CannotDelete for a VPC's default group
     */
    SecurityGroupId delete(Caller caller, GroupReference group);

    /**
     * Lists groups. Filters: {@code description}, {@code egress.ip-permission.*}, {@code group-id}, {@code group-name}, {@code ip-permission.*}
     * ({@code cidr}, {@code from-port}, {@code to-port}, {@code protocol}, {@code group-id}), {@code owner-id}, {@code vpc-id} and the tags'.
     */
    Page<SecurityGroupView> describe(Caller caller, Query query);

    /** As {@link #describe}, with groups also given by name; one that does not exist is InvalidGroup.NotFound. */
    Page<SecurityGroupView> describe(Caller caller, Query query, List<String> names);

    /**
     * The group that is meant.
     *
     * @throws io.croft.controller.context.CloudException InvalidGroup.NotFound
     */
    SecurityGroupId require(Caller caller, GroupReference group);

    /** Lists rules. Filters: {@code group-id}, {@code security-group-rule-id} and the tags'. */
    Page<SecurityGroupRuleView> describeRules(Caller caller, Query query);

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
