package io.croft.controller.network.securitygroup;

import io.croft.controller.context.Instants;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.SecurityGroupId;
import io.croft.types.SecurityGroupRuleId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The tables {@code security_group} and {@code security_group_rule}. Whoever changes a group's rules or deletes it locks its row first; whoever puts an interface
 * into it shares that lock, so that neither misses the other.
 */
@Component
public class SecurityGroupTable {
    /** The name of each VPC's own group. */
    public static final String DEFAULT_NAME = "default";

    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final Clock clock;
    private final RandomGenerator random;

    SecurityGroupTable(JdbcClient jdbc, NamedParameterJdbcTemplate batches, Clock clock, RandomGenerator random) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.clock = clock;
        this.random = random;
    }

    public record Group(SecurityGroupId id, AccountId account, VpcId vpc, String name, String description) {
        public GroupName named() {
            return new GroupName(id, name);
        }
    }

    public record Rule(
            SecurityGroupRuleId id,
            SecurityGroupId group,
            AccountId account,
            Direction direction,
            Permission permission) {
        /** The rule as it would be if it said this. */
        Rule with(Permission other) {
            return new Rule(id, group, account, direction, other);
        }

        public SecurityGroupRuleSpec spec() {
            var cidr = permission.peer() instanceof Peer.Block(var block) ? block : null;
            var peer = permission.peer() instanceof Peer.Group(var member) ? member : null;
            return new SecurityGroupRuleSpec(
                    direction, permission.protocol(), permission.fromPort(), permission.toPort(), cidr, peer);
        }
    }

    /** How strongly a row is locked. */
    public enum Lock {
        NONE(""),
        NAMED(" FOR KEY SHARE"),
        MEMBER(" FOR SHARE"),
        RULES(" FOR NO KEY UPDATE"),
        DELETE(" FOR UPDATE");

        private final String sql;

        Lock(String sql) {
            this.sql = sql;
        }
    }

    /** Makes a VPC's own group, which lets its members talk to each other; does nothing when the VPC has it. */
    public void insertDefault(AccountId account, VpcId vpc) {
        var group = new Group(SecurityGroupId.random(random), account, vpc, DEFAULT_NAME, "default VPC security group");
        if (insert(group)) {
            var members = everything(new Peer.Group(group.id()));
            insertRules(List.of(
                    rule(group, Direction.INGRESS, members),
                    rule(group, Direction.EGRESS, everything(new Peer.Block(EVERYWHERE)))));
        }
    }

    /** The rule that a new group starts with: everything may go out. */
    Rule initialRule(Group group) {
        return rule(group, Direction.EGRESS, everything(new Peer.Block(EVERYWHERE)));
    }

    private static Permission everything(Peer peer) {
        return new Permission(Permission.ALL, Permission.ALL, Permission.ALL, peer, null);
    }

    /** A rule to be inserted. */
    public Rule rule(Group group, Direction direction, Permission permission) {
        return new Rule(SecurityGroupRuleId.random(random), group.id(), group.account(), direction, permission);
    }

    /** Inserts a group; false when the VPC has one of that name, in whatever case. */
    public boolean insert(Group group) {
        return jdbc.sql("""
                        INSERT INTO security_group (id, account, vpc, name, folded_name, description, created)
                        SELECT :id, :account, :vpc, :name, :folded, :description, :now
                        WHERE NOT EXISTS (
                            SELECT FROM security_group o WHERE o.vpc = :vpc AND lower(o.name COLLATE "C") = :folded)
                        ON CONFLICT DO NOTHING
                        """)
                        .param("id", group.id().value())
                        .param("account", group.account().value())
                        .param("vpc", group.vpc().value())
                        .param("name", group.name())
                        .param("folded", group.name().toLowerCase(Locale.ROOT))
                        .param("description", group.description())
                        .param("now", Instants.column(clock.instant()))
                        .update()
                == 1;
    }

    /** Inserts rules, leaving out those that are there. */
    public void insertRules(List<Rule> rules) {
        batches.batchUpdate("""
                INSERT INTO security_group_rule
                    (id, security_group, account, direction, protocol, from_port, to_port, cidr, peer_group, description)
                VALUES (:id, :group, :account, :direction, :protocol, :from, :to, :cidr, :peer, :description)
                ON CONFLICT DO NOTHING
                """, rules.stream().map(SecurityGroupTable::columns).toArray(SqlParameterSource[]::new));
    }

    private static SqlParameterSource columns(Rule rule) {
        var permission = rule.permission();
        return new MapSqlParameterSource()
                .addValue("id", rule.id().value())
                .addValue("group", rule.group().value())
                .addValue("account", rule.account().value())
                .addValue("direction", rule.direction().name())
                .addValue("protocol", permission.protocol())
                .addValue("from", permission.fromPort())
                .addValue("to", permission.toPort())
                .addValue("cidr", permission.peer() instanceof Peer.Block(var cidr) ? cidr.value() : null)
                .addValue("peer", permission.peer() instanceof Peer.Group(var peer) ? peer.value() : null)
                .addValue("description", permission.description());
    }

    void deleteRules(Collection<SecurityGroupRuleId> rules) {
        jdbc.sql("DELETE FROM security_group_rule WHERE id = ANY(:ids)")
                .param("ids", rules.stream().map(SecurityGroupRuleId::value).toArray(String[]::new))
                .update();
    }

    void delete(SecurityGroupId group) {
        jdbc.sql("DELETE FROM security_group WHERE id = :id")
                .param("id", group.value())
                .update();
    }

    /** Deletes groups with their rules and those that name them; returns the ids of all that is gone. */
    public List<String> deleteAll(Collection<SecurityGroupId> ending) {
        var ids = ending.stream().map(SecurityGroupId::value).toArray(String[]::new);
        var gone = new ArrayList<>(jdbc.sql(
                        "DELETE FROM security_group_rule WHERE security_group = ANY(:ids) OR peer_group = ANY(:ids) RETURNING id")
                .param("ids", ids)
                .query(String.class)
                .list());
        gone.addAll(jdbc.sql("DELETE FROM security_group WHERE id = ANY(:ids) RETURNING id")
                .param("ids", ids)
                .query(String.class)
                .list());
        return gone;
    }

    public List<Group> of(AccountId account) {
        return jdbc.sql("SELECT * FROM security_group WHERE account = :account ORDER BY id")
                .param("account", account.value())
                .query((row, _) -> group(row))
                .list();
    }

    /** A VPC's own group. */
    Optional<SecurityGroupId> defaultOf(VpcId vpc) {
        return ids(vpc, "name = :name").stream().findFirst();
    }

    /** A VPC's groups but for its own. */
    List<SecurityGroupId> othersOf(VpcId vpc) {
        return ids(vpc, "name <> :name");
    }

    private List<SecurityGroupId> ids(VpcId vpc, String condition) {
        return jdbc.sql("SELECT id FROM security_group WHERE vpc = :vpc AND " + condition)
                .param("vpc", vpc.value())
                .param("name", DEFAULT_NAME)
                .query((row, _) -> new SecurityGroupId(row.getString("id")))
                .list();
    }

    /** Whether an interface that is not being released is in the group, or another group's rule names it. */
    boolean inUse(SecurityGroupId group) {
        return jdbc.sql("""
                        SELECT EXISTS (SELECT FROM network_interface_group g JOIN network_interface i ON i.id = g.interface
                                       WHERE g.security_group = :id AND NOT i.releasing)
                            OR EXISTS (SELECT FROM security_group_rule r WHERE r.peer_group = :id AND r.security_group <> :id)
                        """).param("id", group.value()).query(Boolean.class).single();
    }

    /** The groups with these ids, in the order of their ids. */
    public List<Group> find(AccountId account, Collection<SecurityGroupId> ids, Lock lock) {
        return jdbc.sql("SELECT * FROM security_group WHERE id = ANY(:ids) AND account = :account ORDER BY id"
                        + lock.sql)
                .param("ids", ids.stream().map(SecurityGroupId::value).toArray(String[]::new))
                .param("account", account.value())
                .query((row, _) -> group(row))
                .list();
    }

    /** The groups of a VPC with these names, in the order of their ids. */
    public List<Group> findNamed(AccountId account, VpcId vpc, Collection<String> names, Lock lock) {
        return jdbc.sql(
                        "SELECT * FROM security_group WHERE vpc = :vpc AND account = :account AND name = ANY(:names) ORDER BY id"
                                + lock.sql)
                .param("vpc", vpc.value())
                .param("account", account.value())
                .param("names", names.toArray(String[]::new))
                .query((row, _) -> group(row))
                .list();
    }

    public Optional<Group> find(AccountId account, SecurityGroupId id, Lock lock) {
        return find(account, Set.of(id), lock).stream().findFirst();
    }

    /** The groups with these ids, whoever's they are. */
    List<Group> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM security_group WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> group(row))
                .list();
    }

    /** All rules of the groups, oldest first. */
    public List<Rule> rulesOf(Collection<SecurityGroupId> groups) {
        return jdbc.sql("SELECT * FROM security_group_rule WHERE security_group = ANY(:ids) ORDER BY number")
                .param("ids", groups.stream().map(SecurityGroupId::value).toArray(String[]::new))
                .query((row, _) -> rule(row))
                .list();
    }

    List<Rule> rules(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM security_group_rule WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> rule(row))
                .list();
    }

    /** Those of the groups that the account has. */
    Set<SecurityGroupId> existing(AccountId account, Collection<SecurityGroupId> groups) {
        return find(account, groups, Lock.NONE).stream().map(Group::id).collect(Collectors.toSet());
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                new SecurityGroupId(row.getString("id")),
                new AccountId(row.getString("account")),
                new VpcId(row.getString("vpc")),
                row.getString("name"),
                row.getString("description"));
    }

    private static Rule rule(ResultSet row) throws SQLException {
        var cidr = row.getString("cidr");
        var peer = cidr == null
                ? new Peer.Group(new SecurityGroupId(row.getString("peer_group")))
                : new Peer.Block(new Cidr(cidr));
        return new Rule(
                new SecurityGroupRuleId(row.getString("id")),
                new SecurityGroupId(row.getString("security_group")),
                new AccountId(row.getString("account")),
                Direction.valueOf(row.getString("direction")),
                new Permission(
                        row.getInt("protocol"),
                        row.getInt("from_port"),
                        row.getInt("to_port"),
                        peer,
                        row.getString("description")));
    }
}
