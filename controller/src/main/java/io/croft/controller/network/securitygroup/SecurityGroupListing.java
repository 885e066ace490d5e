package io.croft.controller.network.securitygroup;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Noun;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Rule;
import io.croft.controller.tags.Tags;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists security groups and their rules. */
@Component
class SecurityGroupListing {
    private static final String PROTOCOL =
            "CASE r.protocol WHEN 1 THEN 'icmp' WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' WHEN 58 THEN 'icmpv6' ELSE r.protocol::text END";
    private static final Noun GROUPS = Noun.of(
            ResourceType.SECURITY_GROUP,
            "security_group g",
            l -> permissionFilters(
                    permissionFilters(
                            l.filter("description", "g.description")
                                    .filter("group-id", "g.id")
                                    .filter("group-name", "g.name")
                                    .filter("owner-id", "g.account")
                                    .filter("vpc-id", "g.vpc"),
                            "ip-permission",
                            "INGRESS"),
                    "egress.ip-permission",
                    "EGRESS"));
    private static final Noun RULES = Noun.of(
            ResourceType.SECURITY_GROUP_RULE,
            "security_group_rule r",
            l -> l.filterIds("group-id", "r.security_group", ResourceType.SECURITY_GROUP)
                    .filter("security-group-rule-id", "r.id"));

    private final SecurityGroupTable table;
    private final Tags tags;
    private final JdbcClient jdbc;

    SecurityGroupListing(SecurityGroupTable table, Tags tags, JdbcClient jdbc) {
        this.table = table;
        this.tags = tags;
        this.jdbc = jdbc;
    }

    @Bean
    static Noun securityGroupNoun() {
        return GROUPS;
    }

    @Bean
    static Noun securityGroupRuleNoun() {
        return RULES;
    }

    private static Listing permissionFilters(Listing listing, String prefix, String direction) {
        var rows = " FROM security_group_rule r WHERE r.security_group = g.id AND r.direction = '" + direction + "'";
        return listing.filterAny(prefix + ".cidr", "SELECT r.cidr" + rows + " AND strpos(r.cidr, ':') = 0")
                .filterAny(prefix + ".ipv6-cidr", "SELECT r.cidr" + rows + " AND strpos(r.cidr, ':') > 0")
                .filterNone(prefix + ".prefix-list-id")
                .filterAny(prefix + ".user-id", "SELECT r.account" + rows + " AND r.peer_group IS NOT NULL")
                .filterAny(
                        prefix + ".group-name",
                        "SELECT p.name FROM security_group p WHERE p.id IN (SELECT r.peer_group" + rows + ")")
                .filterAny(prefix + ".from-port", "SELECT r.from_port::text" + rows)
                .filterAny(prefix + ".to-port", "SELECT r.to_port::text" + rows)
                .filterAny(prefix + ".protocol", "SELECT " + PROTOCOL + rows)
                .filterAny(prefix + ".group-id", "SELECT r.peer_group" + rows);
    }

    Page<SecurityGroupView> groups(Caller caller, Query query) {
        var page = GROUPS.page(jdbc, caller, query, table::load, Group::id);
        var rules = table.rulesOf(page.items().stream().map(Group::id).toList());
        var tagged = tags.of(rules.stream().map(r -> r.id().value()).toList());
        var rulesByGroup = rules.stream()
                .collect(Collectors.groupingBy(
                        Rule::group,
                        Collectors.mapping(
                                r -> view(r, tagged.getOrDefault(r.id().value(), Map.of())), Collectors.toList())));
        return tags.onto(page, Group::id, (g, own) -> view(g, rulesByGroup, own));
    }

    Page<SecurityGroupRuleView> rules(Caller caller, Query query) {
        return tags.onto(RULES.page(jdbc, caller, query, table::rules, Rule::id), Rule::id, SecurityGroupListing::view);
    }

    private static SecurityGroupView view(
            Group group, Map<SecurityGroupId, List<SecurityGroupRuleView>> rules, Map<String, String> tags) {
        return new SecurityGroupView(
                group.id(),
                group.account(),
                group.vpc(),
                group.name(),
                group.description(),
                rules.getOrDefault(group.id(), List.of()),
                tags);
    }

    static SecurityGroupRuleView view(Rule rule, Map<String, String> tags) {
        return new SecurityGroupRuleView(
                rule.id(), rule.group(), rule.account(), rule.direction(), rule.permission(), tags);
    }
}
