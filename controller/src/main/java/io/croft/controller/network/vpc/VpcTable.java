package io.croft.controller.network.vpc;

import io.croft.controller.context.Instants;
import io.croft.protocol.SubnetSpec;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables {@code vpc} and {@code subnet}. */
@Component
public class VpcTable {
    private final JdbcClient jdbc;
    private final Clock clock;

    VpcTable(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public record Vpc(
            VpcId id, AccountId account, Cidr cidr, boolean isDefault, boolean dnsSupport, boolean dnsHostnames) {
        /** Whether its public addresses have names. */
        public boolean named() {
            return dnsSupport && dnsHostnames;
        }
    }

    /** An attribute that a VPC's owner may change. */
    enum Attribute {
        DNS_SUPPORT("dns_support"),
        DNS_HOSTNAMES("dns_hostnames");

        private final String column;

        Attribute(String column) {
            this.column = column;
        }
    }

    /**
     * A subnet.
     *
     * @param gatewayMac the router's MAC in it
     */
    public record Subnet(
            SubnetId id,
            VpcId vpc,
            AccountId account,
            Cidr cidr,
            String zone,
            boolean defaultForZone,
            boolean mapPublicAddress,
            int vni,
            String gatewayMac) {
        SubnetSpec spec() {
            return new SubnetSpec(id, cidr, cidr.address(1), gatewayMac, vni, zone);
        }
    }

    /** Inserts a VPC whose hosts are to be told of the domain; does nothing when it would be the account's second default one. */
    public void insert(Vpc vpc, String publicDomain) {
        jdbc.sql("""
                        INSERT INTO vpc (id, account, cidr, is_default, dns_support, dns_hostnames, public_domain, created)
                        VALUES (:id, :account, :cidr, :isDefault, :support, :hostnames, :domain, :now) ON CONFLICT DO NOTHING
                        """)
                .param("id", vpc.id().value())
                .param("account", vpc.account().value())
                .param("cidr", vpc.cidr().value())
                .param("isDefault", vpc.isDefault())
                .param("support", vpc.dnsSupport())
                .param("hostnames", vpc.dnsHostnames())
                .param("domain", publicDomain)
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    /** Inserts a default subnet; does nothing when the zone has one or the block is taken. */
    public void insertDefault(SubnetId id, Vpc vpc, Cidr cidr, String zone) {
        jdbc.sql("""
                        INSERT INTO subnet (id, vpc, account, cidr, zone, default_for_zone, map_public_address, gateway_mac, created)
                        VALUES (:id, :vpc, :account, :cidr, :zone, true, true, :mac, :now) ON CONFLICT DO NOTHING
                        """)
                .param("id", id.value())
                .param("vpc", vpc.id().value())
                .param("account", vpc.account().value())
                .param("cidr", cidr.value())
                .param("zone", zone)
                .param("mac", drawMacs(1).getFirst())
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    /** New MAC addresses. */
    public List<String> drawMacs(int count) {
        return jdbc
                .sql("SELECT nextval('mac_number') FROM generate_series(1, :count)")
                .param("count", count)
                .query(Long.class)
                .list()
                .stream()
                .map(MacAddress::of)
                .toList();
    }

    public Optional<Vpc> defaultOf(AccountId account) {
        return jdbc.sql("SELECT * FROM vpc WHERE account = :account AND is_default")
                .param("account", account.value())
                .query((row, _) -> vpc(row))
                .optional();
    }

    public List<Vpc> of(AccountId account) {
        return jdbc.sql("SELECT * FROM vpc WHERE account = :account ORDER BY id")
                .param("account", account.value())
                .query((row, _) -> vpc(row))
                .list();
    }

    /** Deletes the account's VPCs, in which nothing is any more but subnets; returns the ids of all that is gone. */
    public List<String> deleteAll(AccountId account) {
        var gone = new ArrayList<String>();
        for (var table : List.of("subnet", "vpc")) {
            gone.addAll(jdbc.sql("DELETE FROM " + table + " WHERE account = :account RETURNING id")
                    .param("account", account.value())
                    .query(String.class)
                    .list());
        }
        return gone;
    }

    /** The default VPCs without a default subnet in some of the zones. */
    public List<Vpc> defaultsWithout(Collection<String> zones) {
        return jdbc.sql("""
                        SELECT * FROM vpc v WHERE is_default AND
                        (SELECT count(*) FROM subnet s WHERE s.vpc = v.id AND s.default_for_zone AND s.zone = ANY(:zones)) < :count
                        """)
                .param("zones", zones.toArray(String[]::new))
                .param("count", zones.size())
                .query((row, _) -> vpc(row))
                .list();
    }

    /** Sets the attribute; the row stays locked. */
    void set(VpcId id, Attribute attribute, boolean value) {
        jdbc.sql("UPDATE vpc SET " + attribute.column + " = :value WHERE id = :id")
                .param("value", value)
                .param("id", id.value())
                .update();
    }

    /** Keeps the VPC as it is until the transaction ends. */
    public Vpc hold(VpcId id) {
        return jdbc.sql("SELECT * FROM vpc WHERE id = :id FOR SHARE")
                .param("id", id.value())
                .query((row, _) -> vpc(row))
                .single();
    }

    /** Locks the VPC for a change of its attributes. */
    Vpc lock(VpcId id) {
        return jdbc.sql("SELECT * FROM vpc WHERE id = :id FOR NO KEY UPDATE")
                .param("id", id.value())
                .query((row, _) -> vpc(row))
                .single();
    }

    /** Notes the domain for all VPCs; those that had another, locked. */
    List<VpcId> rename(String publicDomain) {
        return jdbc.sql(
                        "UPDATE vpc SET public_domain = :domain WHERE public_domain IS DISTINCT FROM :domain RETURNING id")
                .param("domain", publicDomain)
                .query((row, _) -> new VpcId(row.getString("id")))
                .list();
    }

    /** Those of the VPCs whose public addresses have names. */
    public Set<VpcId> named(Collection<VpcId> vpcs) {
        return load(vpcs.stream().map(VpcId::value).distinct().toList()).stream()
                .filter(Vpc::named)
                .map(Vpc::id)
                .collect(Collectors.toSet());
    }

    public Optional<Vpc> find(AccountId account, VpcId id) {
        return jdbc.sql("SELECT * FROM vpc WHERE id = :id AND account = :account")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> vpc(row))
                .optional();
    }

    List<Vpc> load(Collection<String> ids) {
        return jdbc.sql("SELECT * FROM vpc WHERE id = ANY(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query((row, _) -> vpc(row))
                .list();
    }

    public List<Subnet> subnetsOf(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM subnet WHERE vpc = ANY(:ids) ORDER BY vni")
                .param("ids", vpcs.stream().map(VpcId::value).toArray(String[]::new))
                .query((row, _) -> subnet(row))
                .list();
    }

    /** The default subnets of the account's default VPC. */
    public List<Subnet> defaultSubnets(AccountId account) {
        return jdbc.sql("""
                        SELECT s.* FROM vpc v JOIN subnet s ON s.vpc = v.id
                        WHERE v.account = :account AND v.is_default AND s.default_for_zone ORDER BY s.vni
                        """)
                .param("account", account.value())
                .query((row, _) -> subnet(row))
                .list();
    }

    public List<Subnet> subnets(AccountId account, Collection<String> ids) {
        return jdbc.sql("SELECT * FROM subnet WHERE id = ANY(:ids) AND account = :account")
                .param("ids", ids.toArray(String[]::new))
                .param("account", account.value())
                .query((row, _) -> subnet(row))
                .list();
    }

    private static Vpc vpc(ResultSet row) throws SQLException {
        return new Vpc(
                new VpcId(row.getString("id")),
                new AccountId(row.getString("account")),
                new Cidr(row.getString("cidr")),
                row.getBoolean("is_default"),
                row.getBoolean("dns_support"),
                row.getBoolean("dns_hostnames"));
    }

    private static Subnet subnet(ResultSet row) throws SQLException {
        return new Subnet(
                new SubnetId(row.getString("id")),
                new VpcId(row.getString("vpc")),
                new AccountId(row.getString("account")),
                new Cidr(row.getString("cidr")),
                row.getString("zone"),
                row.getBoolean("default_for_zone"),
                row.getBoolean("map_public_address"),
                row.getInt("vni"),
                row.getString("gateway_mac"));
    }
}
