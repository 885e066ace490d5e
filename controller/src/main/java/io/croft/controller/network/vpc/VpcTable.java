package io.croft.controller.network.vpc;

import io.croft.controller.context.Instants;
import io.croft.protocol.SubnetSpec;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.NetworkAclId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcCidrAssociationId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        SubnetSpec spec(RouteTableId table, NetworkAclId acl) {
            return new SubnetSpec(id, cidr, cidr.address(1), gatewayMac, vni, zone, table, acl);
        }
    }

    /** A further block of a VPC. */
    record Block(VpcCidrAssociationId id, VpcId vpc, AccountId account, Cidr cidr) {}

    /**
     * A subnet to be made.
     *
     * @param defaultForZone whether it is its zone's default one, which maps public addresses
     */
    record NewSubnet(SubnetId id, Vpc vpc, Cidr cidr, String zone, boolean defaultForZone) {}

    /** Inserts a VPC whose hosts are to be told of the domain; false when it would be the account's second default one. */
    boolean insert(Vpc vpc, String publicDomain) {
        return jdbc.sql("""
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
                        .update()
                == 1;
    }

    /** Inserts a subnet; false, for a default one only, when the zone has one, and for any when the block is taken. */
    boolean insert(NewSubnet subnet) {
        return jdbc.sql("""
                        INSERT INTO subnet (id, vpc, account, cidr, zone, default_for_zone, map_public_address, gateway_mac, created)
                        VALUES (:id, :vpc, :account, :cidr, :zone, :default, :default, :mac, :now) ON CONFLICT DO NOTHING
                        """)
                        .param("id", subnet.id().value())
                        .param("vpc", subnet.vpc().id().value())
                        .param("account", subnet.vpc().account().value())
                        .param("cidr", subnet.cidr().value())
                        .param("zone", subnet.zone())
                        .param("default", subnet.defaultForZone())
                        .param("mac", drawMacs(1).getFirst())
                        .param("now", Instants.column(clock.instant()))
                        .update()
                == 1;
    }

    /** Notes that a default VPC was given default subnets in these zones. */
    void noteDefaultZones(VpcId id, Collection<String> zones) {
        jdbc.sql(
                        "UPDATE vpc SET default_zones = ARRAY(SELECT DISTINCT unnest(default_zones || CAST(:zones AS text[]))) WHERE id = :id")
                .param("zones", zones.toArray(String[]::new))
                .param("id", id.value())
                .update();
    }

    /** The zones in which a default VPC was never given a default subnet. */
    List<String> zonesToCome(VpcId id, Collection<String> zones) {
        return jdbc.sql(
                        "SELECT z FROM vpc, unnest(CAST(:zones AS text[])) WITH ORDINALITY AS u(z, n) WHERE id = :id AND z <> ALL(default_zones) ORDER BY n")
                .param("zones", zones.toArray(String[]::new))
                .param("id", id.value())
                .query(String.class)
                .list();
    }

    void insert(Block block) {
        jdbc.sql("INSERT INTO vpc_cidr (id, vpc, account, cidr, created) VALUES (:id, :vpc, :account, :cidr, :now)")
                .param("id", block.id().value())
                .param("vpc", block.vpc().value())
                .param("account", block.account().value())
                .param("cidr", block.cidr().value())
                .param("now", Instants.column(clock.instant()))
                .update();
    }

    void delete(Block block) {
        jdbc.sql("DELETE FROM vpc_cidr WHERE id = :id")
                .param("id", block.id().value())
                .update();
    }

    /** The further blocks of VPCs, oldest first. */
    List<Block> blocksOf(Collection<VpcId> vpcs) {
        return jdbc.sql("SELECT * FROM vpc_cidr WHERE vpc = ANY(:ids) ORDER BY created, id")
                .param("ids", vpcs.stream().map(VpcId::value).toArray(String[]::new))
                .query((row, _) -> block(row))
                .list();
    }

    /** All blocks of VPCs, of each the first one first. */
    public Map<VpcId, List<Cidr>> cidrsOf(Collection<VpcId> vpcs) {
        var blocks = new HashMap<VpcId, List<Cidr>>();
        load(vpcs.stream().map(VpcId::value).toList())
                .forEach(v ->
                        blocks.computeIfAbsent(v.id(), _ -> new ArrayList<>()).add(v.cidr()));
        blocksOf(vpcs)
                .forEach(b ->
                        blocks.computeIfAbsent(b.vpc(), _ -> new ArrayList<>()).add(b.cidr()));
        return blocks;
    }

    Optional<Block> block(AccountId account, VpcCidrAssociationId id) {
        return jdbc.sql("SELECT * FROM vpc_cidr WHERE id = :id AND account = :account")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> block(row))
                .optional();
    }

    private static Block block(ResultSet row) throws SQLException {
        return new Block(
                new VpcCidrAssociationId(row.getString("id")),
                new VpcId(row.getString("vpc")),
                new AccountId(row.getString("account")),
                new Cidr(row.getString("cidr")));
    }

    void delete(VpcId id) {
        jdbc.sql("DELETE FROM vpc WHERE id = :id").param("id", id.value()).update();
    }

    /** Whether an interface is in the subnet, be it one that is being released. */
    boolean inUse(SubnetId id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM network_interface WHERE subnet = :id)")
                .param("id", id.value())
                .query(Boolean.class)
                .single();
    }

    void delete(SubnetId id) {
        jdbc.sql("DELETE FROM subnet WHERE id = :id").param("id", id.value()).update();
    }

    void setMapPublicAddress(SubnetId id, boolean on) {
        jdbc.sql("UPDATE subnet SET map_public_address = :on WHERE id = :id")
                .param("on", on)
                .param("id", id.value())
                .update();
    }

    /** Locks a subnet for its deletion or a change; empty when the account has none of that id. */
    Optional<Subnet> lock(AccountId account, SubnetId id) {
        return jdbc.sql("SELECT * FROM subnet WHERE id = :id AND account = :account FOR UPDATE")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> subnet(row))
                .optional();
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

    /** Deletes a VPC in which nothing is any more but subnets and blocks; returns the ids of all that is gone. */
    public List<String> deleteWhole(VpcId id) {
        var gone = new ArrayList<>(jdbc.sql("DELETE FROM subnet WHERE vpc = :vpc RETURNING id")
                .param("vpc", id.value())
                .query(String.class)
                .list());
        delete(id);
        gone.add(id.value());
        return gone;
    }

    /** The default VPCs that were never given a default subnet in some of the zones. */
    public List<Vpc> defaultsWithout(Collection<String> zones) {
        return jdbc.sql("SELECT * FROM vpc WHERE is_default AND NOT default_zones @> CAST(:zones AS text[])")
                .param("zones", zones.toArray(String[]::new))
                .query((row, _) -> vpc(row))
                .list();
    }

    /** Says whether the VPC's resolver answers, and whether public addresses have names. */
    void setDns(VpcId id, boolean support, boolean hostnames) {
        jdbc.sql("UPDATE vpc SET dns_support = :support, dns_hostnames = :hostnames WHERE id = :id")
                .param("support", support)
                .param("hostnames", hostnames)
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

    /** Locks the account's VPC against its deletion, for something that is to be in it; empty when it has none of that id. */
    public Optional<Vpc> keep(AccountId account, VpcId id) {
        return jdbc.sql("SELECT * FROM vpc WHERE id = :id AND account = :account FOR KEY SHARE")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> vpc(row))
                .optional();
    }

    /** Locks the account's VPC for a change of it or of what is in it; empty when it has none of that id. */
    public Optional<Vpc> lock(AccountId account, VpcId id) {
        return jdbc.sql("SELECT * FROM vpc WHERE id = :id AND account = :account FOR UPDATE")
                .param("id", id.value())
                .param("account", account.value())
                .query((row, _) -> vpc(row))
                .optional();
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

    /** The default subnets of the account's default VPC, which stay there until the transaction ends. */
    public List<Subnet> defaultSubnets(AccountId account) {
        return jdbc.sql("""
                        SELECT s.* FROM vpc v JOIN subnet s ON s.vpc = v.id
                        WHERE v.account = :account AND v.is_default AND s.default_for_zone ORDER BY s.vni FOR KEY SHARE OF s
                        """)
                .param("account", account.value())
                .query((row, _) -> subnet(row))
                .list();
    }

    /** The subnets with these ids, which stay there until the transaction ends. */
    public List<Subnet> holdSubnets(AccountId account, Collection<SubnetId> ids) {
        return jdbc.sql("SELECT * FROM subnet WHERE id = ANY(:ids) AND account = :account ORDER BY vni FOR KEY SHARE")
                .param("ids", ids.stream().map(SubnetId::value).toArray(String[]::new))
                .param("account", account.value())
                .query((row, _) -> subnet(row))
                .list();
    }

    List<Subnet> subnets(AccountId account, Collection<String> ids) {
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
