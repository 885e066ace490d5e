package io.croft.controller.network;

import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.network.SecurityGroupTable.Group;
import io.croft.controller.network.SecurityGroupTable.Rule;
import io.croft.controller.tags.Tags;
import io.croft.types.AccountId;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Lists security groups and their rules. */
@Component
class SecurityGroupListing {
    private static final String PROTOCOL =
            "CASE r.protocol WHEN 1 THEN 'icmp' WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' WHEN 58 THEN 'icmpv6' ELSE r.protocol::text END";
    private static final Listing GROUPS = permissionFilters(
            permissionFilters(
                    Listing.of("security-groups", "security_group g", "g.id")
                            .ids(ResourceType.SECURITY_GROUP)
                            .ownedBy("g.account")
                            .filter("description", "g.description")
                            .filter("group-id", "g.id")
                            .filter("group-name", "g.name")
                            .filter("owner-id", "g.account")
                            .filter("vpc-id", "g.vpc")
                            .tagged(),
                    "ip-permission",
                    "INGRESS"),
            "egress.ip-permission",
            "EGRESS");
    private static final Listing RULES = Listing.of("security-group-rules", "security_group_rule r", "r.id")
            .ids(ResourceType.SECURITY_GROUP_RULE)
            .ownedBy("r.account")
            .filterIds("group-id", "r.security_group", ResourceType.SECURITY_GROUP)
            .filter("security-group-rule-id", "r.id")
            .tagged();

    private final SecurityGroupTable table;
    private final Tags tags;
    private final JdbcClient jdbc;

    SecurityGroupListing(SecurityGroupTable table, Tags tags, JdbcClient jdbc) {
        this.table = table;
        this.tags = tags;
        this.jdbc = jdbc;
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

    Page<SecurityGroupView> groups(AccountId account, Query query) {
        var page = GROUPS.find(jdbc, account, query);
        var groups = table.load(page.items()).stream().collect(Collectors.toMap(g -> g.id().value(), g -> g));
        var rules = table.rulesOf(groups.values().stream().map(Group::id).toList());
        var tagged = tags.of(idsOf(page.items(), rules));
        var rulesByGroup = rules.stream()
                .collect(Collectors.groupingBy(
                        Rule::group,
                        Collectors.mapping(r -> view(r, tagsOf(tagged, r.id().value())), Collectors.toList())));
        return page.found(groups).map(g -> view(g, rulesByGroup, tagsOf(tagged, g.id().value())));
    }

    Page<SecurityGroupRuleView> rules(AccountId account, Query query) {
        var page = RULES.find(jdbc, account, query);
        var rules = table.rules(page.items()).stream().collect(Collectors.toMap(r -> r.id().value(), r -> r));
        var tagged = tags.of(page.items());
        return page.found(rules).map(r -> view(r, tagsOf(tagged, r.id().value())));
    }

    private static List<String> idsOf(List<String> groups, List<Rule> rules) {
        var ids = new ArrayList<>(groups);
        rules.forEach(r -> ids.add(r.id().value()));
        return ids;
    }

    private static Map<String, String> tagsOf(Map<String, Map<String, String>> tagged, String id) {
        return tagged.getOrDefault(id, Map.of());
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
