package io.croft.controller.network.securitygroup;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Lock;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Rule;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.tags.Tags;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupRuleId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What security groups let in and out. Rules of a group that does not exist are InvalidGroup.NotFound.
 * Each call changes one group's rows and, in the same transaction, what the hosts concerned are told.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html">Security group rules</a>
 */
@Component
public class SecurityGroupRules {
    private final SecurityGroups groups;
    private final SecurityGroupTable table;
    private final SecurityGroupListing listing;
    private final NetworkDocuments told;
    private final Quotas quotas;
    private final Tags tags;

    SecurityGroupRules(
            SecurityGroups groups,
            SecurityGroupTable table,
            SecurityGroupListing listing,
            NetworkDocuments told,
            Quotas quotas,
            Tags tags) {
        this.groups = groups;
        this.table = table;
        this.listing = listing;
        this.told = told;
        this.quotas = quotas;
        this.tags = tags;
    }

    /** Lists rules. Filters: {@code group-id}, {@code security-group-rule-id} and the tags'. */
    @Transactional(readOnly = true)
    public Page<SecurityGroupRuleView> describe(Caller caller, Query query) {
        return listing.rules(caller, query);
    }

    /**
     * Adds rules, all or none.
     *
     * @return the new rules
     * @throws io.croft.controller.context.CloudException InvalidPermission.Duplicate, RulesPerSecurityGroupLimitExceeded, InvalidGroup.NotFound,
     *     InvalidParameterValue for ports or protocols that are none
     */
    @Transactional
    public List<SecurityGroupRuleView> authorize(
            Caller caller,
            GroupReference reference,
            Direction direction,
            List<Permission> permissions,
            Map<String, String> ruleTags) {
        var wanted = PermissionRules.normal(permissions);
        var group = groups.require(caller, reference, Lock.RULES);
        checkPeers(group, wanted);
        var there = rules(group, direction);
        for (var permission : wanted) {
            if (there.stream().anyMatch(r -> same(r, permission))) {
                throw duplicate(permission);
            }
        }
        requireRoom(caller, there, wanted);
        var added = wanted.stream().map(p -> table.rule(group, direction, p)).toList();
        table.insertRules(added);
        tags.attach(caller.account(), added.stream().collect(Collectors.toMap(r -> r.id().value(), _ -> ruleTags)));
        told.changed(SecurityGroupDocuments.key(group.id()));
        return added.stream().map(r -> SecurityGroupListing.view(r, ruleTags)).toList();
    }

    /** The quota counts the rules for IPv4 and those for IPv6 each by themselves, and those that name a group as both. */
    private void requireRoom(Caller caller, List<Rule> there, List<Permission> wanted) {
        for (var other : List.of(PeerKind.IPV6, PeerKind.IPV4)) {
            quotas.requireRoom(
                    caller.account(),
                    Quota.RULES_PER_SECURITY_GROUP,
                    there.stream()
                            .filter(r -> PeerKind.of(r.permission().peer()) != other)
                            .count(),
                    wanted.stream().filter(p -> PeerKind.of(p.peer()) != other).count());
        }
    }

    /** A rule can name only groups of its own group's VPC, which stay until the transaction ends. */
    private void checkPeers(Group group, List<Permission> permissions) {
        for (var permission : permissions) {
            if (permission.peer() instanceof Peer.Group(var peer)
                    && table.find(group.account(), peer, Lock.NAMED)
                            .filter(p -> p.vpc().equals(group.vpc()))
                            .isEmpty()) {
                throw CloudException.missing(
                        ErrorCode.SECURITY_GROUP_NOT_FOUND,
                        "The security group '" + peer + "' does not exist",
                        List.of(peer.value()));
            }
        }
    }

    private List<Rule> rules(Group group, Direction direction) {
        return table.rulesOf(List.of(group.id())).stream()
                .filter(r -> r.direction() == direction)
                .toList();
    }

    private static boolean same(Rule rule, Permission permission) {
        return PermissionRules.withoutDescription(rule.permission())
                .equals(PermissionRules.withoutDescription(permission));
    }

    /**
     * Removes rules by what they say, all or none. The description does not count.
     *
     * @return the rules that were removed
     * @throws io.croft.controller.context.CloudException InvalidPermission.NotFound
     */
    @Transactional
    public List<SecurityGroupRuleView> revoke(
            Caller caller, GroupReference reference, Direction direction, List<Permission> permissions) {
        var unwanted = PermissionRules.normal(permissions);
        var group = groups.require(caller, reference, Lock.RULES);
        var there = rules(group, direction);
        return remove(group, unwanted.stream().map(p -> requireSame(there, p)).toList());
    }

    private static Rule requireSame(List<Rule> rules, Permission permission) {
        return rules.stream()
                .filter(r -> same(r, permission))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.PERMISSION_NOT_FOUND,
                        "The specified rule does not exist in this security group: "
                                + PermissionRules.sentence(permission)));
    }

    /**
     * Removes rules by their ids, all or none.
     *
     * @throws io.croft.controller.context.CloudException InvalidSecurityGroupRuleId.NotFound
     */
    @Transactional
    public List<SecurityGroupRuleView> revokeByIds(
            Caller caller, GroupReference reference, Direction direction, List<SecurityGroupRuleId> rules) {
        var group = groups.require(caller, reference, Lock.RULES);
        var there = rules(group, direction);
        return remove(
                group, rules.stream().distinct().map(id -> require(there, id)).toList());
    }

    private static Rule require(List<Rule> rules, SecurityGroupRuleId id) {
        return rules.stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.SECURITY_GROUP_RULE_NOT_FOUND,
                        "The security group rule ID '" + id + "' does not exist"));
    }

    /**
     * Changes what rules say, all or none; their ids, directions and tags stay.
     *
     * @throws io.croft.controller.context.CloudException InvalidSecurityGroupRuleId.NotFound, InvalidPermission.Duplicate, InvalidGroup.NotFound,
     *     InvalidParameterValue for ports or protocols that are none
     */
    @Transactional
    public void modify(Caller caller, GroupReference reference, Map<SecurityGroupRuleId, Permission> permissions) {
        var group = groups.require(caller, reference, Lock.RULES);
        var there = table.rulesOf(List.of(group.id()));
        var changed = permissions.entrySet().stream()
                .map(e -> changed(require(there, e.getKey()), PermissionRules.normal(e.getValue())))
                .toList();
        checkPeers(group, changed.stream().map(Rule::permission).toList());
        replace(group, there, changed);
    }

    /** The rule as it says {@code permission}, whose peer is of the same kind. */
    private static Rule changed(Rule rule, Permission permission) {
        var before = PeerKind.of(rule.permission().peer());
        if (PeerKind.of(permission.peer()) != before) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The type of the security group rule '" + rule.id() + "', " + before.ec2Name()
                            + ", cannot be changed");
        }
        return rule.with(permission);
    }

    private enum PeerKind {
        IPV4("CidrIpv4"),
        IPV6("CidrIpv6"),
        GROUP("ReferencedGroupId");

        private final String ec2Name;

        PeerKind(String ec2Name) {
            this.ec2Name = ec2Name;
        }

        String ec2Name() {
            return ec2Name;
        }

        static PeerKind of(Peer peer) {
            return switch (peer) {
                case Peer.Block(var cidr) -> cidr.ipv4() ? IPV4 : IPV6;
                case Peer.Group _ -> GROUP;
            };
        }
    }

    /**
     * Changes what a rule says, if it is as the caller expects: who lost a race changes nothing.
     *
     * @throws io.croft.controller.context.CloudException PreconditionFailed when {@code expected} does not hold; else as the other
     */
    @Transactional
    public SecurityGroupRuleView modify(
            Caller caller,
            GroupReference reference,
            SecurityGroupRuleId id,
            Permission permission,
            Predicate<SecurityGroupRuleView> expected) {
        var group = groups.require(caller, reference, Lock.RULES);
        if (!expected.test(rule(group, id))) {
            throw new CloudException(
                    ErrorCode.PRECONDITION_FAILED, "The security group rule '" + id + "' has changed meanwhile.");
        }
        modify(caller, new GroupReference.ById(group.id()), Map.of(id, permission));
        return rule(group, id);
    }

    private SecurityGroupRuleView rule(Group group, SecurityGroupRuleId id) {
        var rule = require(table.rulesOf(List.of(group.id())), id);
        return SecurityGroupListing.view(rule, tags.of(List.of(id.value())).getOrDefault(id.value(), Map.of()));
    }

    /**
     * Gives rules, found by what they say, the descriptions of these permissions, all or none.
     *
     * @throws io.croft.controller.context.CloudException InvalidPermission.NotFound, InvalidParameterValue
     */
    @Transactional
    public void redescribe(Caller caller, GroupReference reference, Direction direction, List<Permission> permissions) {
        var wanted = PermissionRules.normal(permissions);
        var group = groups.require(caller, reference, Lock.RULES);
        var there = rules(group, direction);
        replace(
                group,
                there,
                wanted.stream().map(p -> requireSame(there, p).with(p)).toList());
    }

    /**
     * Gives rules descriptions, all or none.
     *
     * @param descriptions by rule; empty for none
     * @throws io.croft.controller.context.CloudException InvalidSecurityGroupRuleId.NotFound, InvalidParameterValue
     */
    @Transactional
    public void redescribeByIds(
            Caller caller,
            GroupReference reference,
            Direction direction,
            Map<SecurityGroupRuleId, Optional<String>> descriptions) {
        var group = groups.require(caller, reference, Lock.RULES);
        var there = rules(group, direction);
        var changed = new ArrayList<Rule>();
        descriptions.forEach((id, description) -> {
            var rule = require(there, id);
            changed.add(rule.with(PermissionRules.normal(
                    PermissionRules.withDescription(rule.permission(), description.orElse(null)))));
        });
        replace(group, there, changed);
    }

    private record Said(Direction direction, Permission permission) {}

    /** Puts changed rules in the place of those with their ids; no two rules of a direction may come to say the same. */
    private void replace(Group group, List<Rule> there, List<Rule> changed) {
        var ids = changed.stream().map(Rule::id).toList();
        var kept = there.stream().filter(r -> !ids.contains(r.id()));
        var said = new HashSet<Said>();
        for (var rule : Stream.concat(kept, changed.stream()).toList()) {
            if (!said.add(new Said(rule.direction(), PermissionRules.withoutDescription(rule.permission())))) {
                throw duplicate(rule.permission());
            }
        }
        table.deleteRules(ids);
        table.insertRules(changed);
        told.changed(SecurityGroupDocuments.key(group.id()));
    }

    private List<SecurityGroupRuleView> remove(Group group, List<Rule> rules) {
        var ids = rules.stream().map(r -> r.id().value()).toList();
        var tagged = tags.of(ids);
        table.deleteRules(rules.stream().map(Rule::id).toList());
        tags.drop(ids);
        told.changed(SecurityGroupDocuments.key(group.id()));
        return rules.stream()
                .map(r -> SecurityGroupListing.view(r, tagged.getOrDefault(r.id().value(), Map.of())))
                .toList();
    }

    private static CloudException duplicate(Permission permission) {
        return new CloudException(
                ErrorCode.PERMISSION_DUPLICATE,
                "the specified rule \"" + PermissionRules.sentence(permission) + "\" already exists");
    }
}
