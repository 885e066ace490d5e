package io.croft.controller.network.networkacl;

import io.croft.controller.context.Instants;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.NetworkAclAssociationId;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code network_acl}, {@code network_acl_entry} and {@code network_acl_association}. */
@Component
public class NetworkAclRows {
    /** Which ACL each subnet has: of one without a row its association is called after it. */
    static final String ASSOCIATIONS = """
            (SELECT coalesce(x.id, replace(s.id, 'subnet-', 'aclassoc-')) AS id, s.vpc, s.account, s.id AS subnet, coalesce(x.network_acl, d.id) AS network_acl
             FROM subnet s JOIN network_acl d ON d.vpc = s.vpc AND d.is_default LEFT JOIN network_acl_association x ON x.subnet = s.id)
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    NetworkAclRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A network ACL. */
    public record Row(NetworkAclId id, AccountId account, VpcId vpc, boolean isDefault) {}

    /** Which ACL a subnet has. */
    public record Association(NetworkAclAssociationId id, VpcId vpc, NetworkAclId acl, SubnetId subnet) {}

    /** Inserts an ACL; false where it is there, or would be its VPC's second default one. */
    public boolean insert(Row row) {
        return jdbc.sql("INSERT INTO network_acl (id, account, vpc, is_default, created)"
                                + " VALUES (:id, :account, :vpc, :default, :now) ON CONFLICT DO NOTHING")
                        .param("id", row.id().value())
                        .param("account", row.account().value())
                        .param("vpc", row.vpc().value())
                        .param("default", row.isDefault())
                        .param("now", Instants.column(clock.instant()))
                        .update()
                == 1;
    }

    /** Gives a subnet an ACL in place of the one that it has. */
    public void put(Association association) {
        jdbc.sql("""
                        INSERT INTO network_acl_association (id, vpc, network_acl, subnet) VALUES (:id, :vpc, :acl, :subnet)
                        ON CONFLICT (subnet) DO UPDATE SET id = excluded.id, network_acl = excluded.network_acl
                        """)
                .param("id", association.id().value())
                .param("vpc", association.vpc().value())
                .param("acl", association.acl().value())
                .param("subnet", association.subnet().value())
                .update();
    }

    /** Inserts an entry; false when its ACL has one of that direction and number. */
    public boolean insert(NetworkAclId acl, Entry entry) {
        return change("""
                        INSERT INTO network_acl_entry (network_acl, egress, number, allows, protocol, from_port, to_port, cidr)
                        VALUES (:acl, :egress, :number, :allows, :protocol, :from, :to, :cidr) ON CONFLICT DO NOTHING
                        """, acl, entry);
    }

    /** Puts an entry in the place of the one of its direction and number; false without one. */
    boolean update(NetworkAclId acl, Entry entry) {
        return change("""
                        UPDATE network_acl_entry SET allows = :allows, protocol = :protocol, from_port = :from, to_port = :to, cidr = :cidr
                        WHERE network_acl = :acl AND egress = :egress AND number = :number
                        """, acl, entry);
    }

    private boolean change(String sql, NetworkAclId acl, Entry entry) {
        return jdbc.sql(sql)
                        .param("acl", acl.value())
                        .param("egress", entry.egress())
                        .param("number", entry.number())
                        .param("allows", entry.allows())
                        .param("protocol", entry.protocol())
                        .param("from", entry.fromPort())
                        .param("to", entry.toPort())
                        .param("cidr", entry.cidr().value())
                        .update()
                == 1;
    }

    boolean delete(NetworkAclId acl, boolean egress, int number) {
        return jdbc.sql(
                                "DELETE FROM network_acl_entry WHERE network_acl = :acl AND egress = :egress AND number = :number")
                        .param("acl", acl.value())
                        .param("egress", egress)
                        .param("number", number)
                        .update()
                == 1;
    }

    void delete(NetworkAclId id) {
        jdbc.sql("DELETE FROM network_acl WHERE id = :id")
                .param("id", id.value())
                .update();
    }

    /** Deletes all of the VPC's ACLs, whosever they are; returns their ids. */
    public List<String> clear(VpcId vpc) {
        jdbc.sql("DELETE FROM network_acl_association WHERE vpc = :vpc")
                .param("vpc", vpc.value())
                .update();
        return jdbc.sql("DELETE FROM network_acl WHERE vpc = :vpc RETURNING id")
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
    }

    /** The account's ACL with that id, whose VPC the caller locks before it trusts what else it reads. */
    Optional<Row> find(AccountId account, NetworkAclId id) {
        return load(List.of(id.value())).stream()
                .filter(r -> r.account().equals(account))
                .findFirst();
    }

    List<Row> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM network_acl WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> row(row))
                .list();
    }

    /** The VPCs' ACLs, of each the default one first. */
    List<Row> of(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM network_acl WHERE vpc = ANY(:ids) ORDER BY NOT is_default, id")
                .param("ids", values(vpcs))
                .query((row, _) -> row(row))
                .list();
    }

    /** Which ACL each subnet of the VPCs has, in the order of the subnets. */
    List<Association> associationsOf(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM " + ASSOCIATIONS + " AS x WHERE vpc = ANY(:ids) ORDER BY subnet")
                .param("ids", values(vpcs))
                .query((row, _) -> association(row))
                .list();
    }

    Optional<Association> association(AccountId account, NetworkAclAssociationId id) {
        return jdbc.sql("SELECT * FROM " + ASSOCIATIONS + " AS x WHERE id = :id AND account = :account")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> association(row))
                .optional();
    }

    /** The entries of ACLs, those for what leaves first, in the order in which they are asked. */
    Map<NetworkAclId, List<Entry>> entriesOf(Collection<NetworkAclId> acls) {
        return jdbc
                .sql("SELECT * FROM network_acl_entry WHERE network_acl = ANY(:ids) ORDER BY NOT egress, number")
                .param("ids", acls.stream().map(NetworkAclId::value).toArray(String[]::new))
                .query((row, _) -> Map.entry(new NetworkAclId(row.getString("network_acl")), entry(row)))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static String[] values(Collection<VpcId> vpcs) {
        return vpcs.stream().map(VpcId::value).toArray(String[]::new);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new NetworkAclId(row.getString("id")),
                new AccountId(row.getString("account")),
                new VpcId(row.getString("vpc")),
                row.getBoolean("is_default"));
    }

    private static Association association(ResultSet row) throws SQLException {
        return new Association(
                new NetworkAclAssociationId(row.getString("id")),
                new VpcId(row.getString("vpc")),
                new NetworkAclId(row.getString("network_acl")),
                new SubnetId(row.getString("subnet")));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getBoolean("egress"),
                row.getInt("number"),
                row.getBoolean("allows"),
                row.getInt("protocol"),
                row.getInt("from_port"),
                row.getInt("to_port"),
                new Cidr(row.getString("cidr")));
    }
}
