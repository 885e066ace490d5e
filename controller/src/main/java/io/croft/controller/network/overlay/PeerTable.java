package io.croft.controller.network.overlay;

import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code vpc_peers}, and where interfaces are. */
@Component
class PeerTable {
    private static final byte[] UNKNOWN = {};

    private final JdbcClient jdbc;

    PeerTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a host was told of a VPC.
     *
     * @param generation the last one; 0 when it was never told of it
     * @param told of which members, their digest in hexadecimal; empty when nobody knows
     */
    record Row(HostId host, VpcId vpc, AccountId account, long generation, boolean present, String told) {}

    /** The VPCs that have an interface on a host, or of which one was told something. */
    Set<VpcId> vpcs() {
        return jdbc.sql("""
                        SELECT vpc FROM network_interface i JOIN network_interface_placement p ON p.interface = i.id
                        UNION SELECT vpc FROM vpc_peers WHERE present
                        """).query((row, _) -> new VpcId(row.getString("vpc"))).set();
    }

    /** The VPCs' interfaces that are on hosts, in the order of their ids. */
    List<Placed> placed(Collection<VpcId> vpcs) {
        return jdbc.sql("""
                        SELECT i.id, i.account, i.vpc, i.subnet, i.mac, i.private_address, p.host,
                            ARRAY(SELECT security_group FROM network_interface_group g WHERE g.interface = i.id ORDER BY position) AS groups
                        FROM network_interface i JOIN network_interface_placement p ON p.interface = i.id
                        WHERE i.vpc = ANY(:vpcs) ORDER BY i.id
                        """)
                .param("vpcs", values(vpcs))
                .query((row, _) -> new Placed(
                        new NetworkInterfaceId(row.getString("id")),
                        new AccountId(row.getString("account")),
                        new VpcId(row.getString("vpc")),
                        new SubnetId(row.getString("subnet")),
                        row.getString("mac"),
                        row.getString("private_address"),
                        new HostId(row.getString("host")),
                        groups(row.getArray("groups"))))
                .list();
    }

    private static List<SecurityGroupId> groups(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray())
                .map(SecurityGroupId::new)
                .toList();
    }

    /** What hosts were told of the VPCs. */
    List<Row> told(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM vpc_peers WHERE vpc = ANY(:vpcs)")
                .param("vpcs", values(vpcs))
                .query((row, _) -> row(row))
                .list();
    }

    /** What the host was told of the VPC, locked; at first nothing. */
    Row lock(HostId host, VpcId vpc, AccountId account) {
        jdbc.sql("""
                        INSERT INTO vpc_peers (host, vpc, account, generation, present, told)
                        VALUES (:host, :vpc, :account, 0, false, :told) ON CONFLICT DO NOTHING
                        """)
                .param("host", host.value())
                .param("vpc", vpc.value())
                .param("account", account.value())
                .param("told", UNKNOWN)
                .update();
        return jdbc.sql("SELECT * FROM vpc_peers WHERE host = :host AND vpc = :vpc FOR UPDATE")
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query((row, _) -> row(row))
                .single();
    }

    /** The host is told so. */
    void tell(Row now) {
        jdbc.sql("UPDATE vpc_peers SET generation = :generation, present = :present, told = decode(:told, 'hex')"
                        + " WHERE host = :host AND vpc = :vpc")
                .param("host", now.host().value())
                .param("vpc", now.vpc().value())
                .param("generation", now.generation())
                .param("present", now.present())
                .param("told", now.told())
                .update();
    }

    /** Counts anew on a host, of which nobody knows what it was told. */
    void restamp(HostId host, long generation) {
        jdbc.sql("UPDATE vpc_peers SET generation = :generation, told = :told WHERE host = :host")
                .param("host", host.value())
                .param("generation", generation)
                .param("told", UNKNOWN)
                .update();
    }

    /** A host says that it was told something of the VPC. */
    void claim(HostId host, VpcId vpc, AccountId account, long generation) {
        lock(host, vpc, account);
        jdbc.sql("UPDATE vpc_peers SET generation = :generation, present = true, told = :told"
                        + " WHERE host = :host AND vpc = :vpc")
                .param("host", host.value())
                .param("vpc", vpc.value())
                .param("generation", generation)
                .param("told", UNKNOWN)
                .update();
    }

    private static String[] values(Collection<VpcId> vpcs) {
        return vpcs.stream().map(VpcId::value).toArray(String[]::new);
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new HostId(row.getString("host")),
                new VpcId(row.getString("vpc")),
                new AccountId(row.getString("account")),
                row.getLong("generation"),
                row.getBoolean("present"),
                HexFormat.of().formatHex(row.getBytes("told")));
    }
}
