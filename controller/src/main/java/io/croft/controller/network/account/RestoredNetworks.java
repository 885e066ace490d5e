package io.croft.controller.network.account;

import io.croft.controller.context.Instants;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.network.eni.InterfaceTable;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.network.overlay.RestoredPeers;
import io.croft.controller.network.securitygroup.GroupName;
import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.SecurityGroupDocuments;
import io.croft.controller.network.securitygroup.SecurityGroupTable;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Rule;
import io.croft.controller.network.vpc.DefaultVpcs;
import io.croft.controller.network.vpc.DnsNames;
import io.croft.controller.network.vpc.MacAddress;
import io.croft.controller.network.vpc.VpcDocuments;
import io.croft.controller.network.vpc.VpcParts;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.controller.tags.Tags;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InterfaceAttachmentId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Networks after a restore: their rows are put to what their hosts have. All of it belongs into the transaction of the merge. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RestoredNetworks {
    private static final String RESTORED = "restored from a host";

    /** Numbers left to what the hosts have that are still awaited. */
    private static final String ROOM = " + (SELECT 4096 * count(*) FROM host_recovery)";

    /** The interfaces of {@code :instance}, and those on {@code :host}. */
    private static final String OF_INSTANCE =
            "(SELECT interface FROM network_interface_attachment WHERE instance = :instance)";

    private static final String ON_HOST = "(SELECT interface FROM network_interface_placement WHERE host = :host)";

    private final JdbcClient jdbc;
    private final InterfaceTable interfaces;
    private final SecurityGroupTable groups;
    private final NetworkDocuments onHosts;
    private final RestoredPeers peers;
    private final Vpcs vpcs;
    private final DefaultVpcs defaults;
    private final RestoredRoutes routes;
    private final RestoredAcls acls;
    private final VpcTable vpcTable;
    private final VpcParts parts;
    private final DnsNames names;
    private final HostDocuments documents;
    private final Tags tags;
    private final Clock clock;
    private final RandomGenerator random;

    RestoredNetworks(
            JdbcClient jdbc,
            InterfaceTable interfaces,
            SecurityGroupTable groups,
            NetworkDocuments onHosts,
            RestoredPeers peers,
            Vpcs vpcs,
            DefaultVpcs defaults,
            RestoredRoutes routes,
            RestoredAcls acls,
            VpcTable vpcTable,
            VpcParts parts,
            DnsNames names,
            HostDocuments documents,
            Tags tags,
            Clock clock,
            RandomGenerator random) {
        this.jdbc = jdbc;
        this.interfaces = interfaces;
        this.groups = groups;
        this.onHosts = onHosts;
        this.peers = peers;
        this.vpcs = vpcs;
        this.defaults = defaults;
        this.routes = routes;
        this.acls = acls;
        this.vpcTable = vpcTable;
        this.parts = parts;
        this.names = names;
        this.documents = documents;
        this.tags = tags;
        this.clock = clock;
        this.random = random;
    }

    /** Makes sure that there are the VPC, its subnets, its routes and its network ACLs. The first of an account of which its host was not told that it is no default one is that, as every account has one. */
    public void ensure(VpcSpec vpc) {
        var now = Instants.column(clock.instant());
        jdbc.sql("""
            INSERT INTO vpc (id, account, cidr, is_default, dns_support, dns_hostnames, public_domain, created)
            SELECT :id, :account, :cidr, d.first, coalesce(:support, true), coalesce(:hostnames, d.first), :domain, :now
            FROM (SELECT coalesce(:default, true) AND NOT EXISTS (SELECT FROM vpc WHERE account = :account AND is_default) AS first) AS d
            ON CONFLICT (id) DO NOTHING
            """)
                .param("id", vpc.id().value())
                .param("account", vpc.account().value())
                .param("cidr", vpc.cidr().value())
                .param("support", vpc.resolves(), Types.BOOLEAN)
                .param("hostnames", hostnames(vpc), Types.BOOLEAN)
                .param("default", vpc.isDefault(), Types.BOOLEAN)
                .param("domain", names.publicDomain())
                .param("now", now)
                .update();
        routes.ensure(vpc);
        for (var subnet : vpc.allSubnets()) {
            jdbc.sql("""
                INSERT INTO subnet (id, vpc, account, cidr, zone, default_for_zone, map_public_address, vni, gateway_mac, created)
                SELECT :id, v.id, :account, :cidr, :zone, v.is_default AND NOT EXISTS (
                        SELECT FROM subnet s WHERE s.vpc = v.id AND s.zone = :zone AND s.default_for_zone),
                    v.is_default, :vni, :mac, :now
                FROM vpc v WHERE v.id = :vpc ON CONFLICT DO NOTHING
                """)
                    .param("id", subnet.id().value())
                    .param("vpc", vpc.id().value())
                    .param("account", vpc.account().value())
                    .param("cidr", subnet.cidr().value())
                    .param("zone", subnet.zone())
                    .param("vni", subnet.vni())
                    .param("mac", subnet.gatewayMac())
                    .param("now", now)
                    .update();
        }
        routes.ensureAssociations(vpc);
        acls.ensure(vpc);
    }

    /** Whether the VPC has names for public addresses, as its host was told; null when that does not say: of one without a resolver nobody can tell. */
    private static @Nullable Boolean hostnames(VpcSpec vpc) {
        return Boolean.TRUE.equals(vpc.resolves()) ? vpc.publicDomain() != null : null;
    }

    /** Makes a VPC's resolver, its names, its ways out and its subnets' borders what its host was told of them. */
    public void setNames(VpcSpec vpc) {
        if (!agrees(vpc)) {
            routes.set(vpc);
            acls.set(vpc);
            jdbc.sql("""
                UPDATE vpc SET dns_support = coalesce(:support, dns_support), dns_hostnames = coalesce(:hostnames, dns_hostnames)
                WHERE id = :id
                """)
                    .param("id", vpc.id().value())
                    .param("support", vpc.resolves(), Types.BOOLEAN)
                    .param("hostnames", hostnames(vpc), Types.BOOLEAN)
                    .update();
            onHosts.changed(VpcDocuments.key(vpc.id()));
        }
    }

    /** Whether the database knows the VPC, and its resolver, its names, its ways out and its subnets' borders as its host was told. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean agrees(VpcSpec vpc) {
        return routes.agree(vpc)
                && acls.agree(vpc)
                && jdbc.sql("""
            SELECT EXISTS (SELECT FROM vpc WHERE id = :id AND dns_support = coalesce(:support, dns_support)
                AND dns_hostnames = coalesce(:hostnames, dns_hostnames))
            """)
                        .param("id", vpc.id().value())
                        .param("support", vpc.resolves(), Types.BOOLEAN)
                        .param("hostnames", hostnames(vpc), Types.BOOLEAN)
                        .query(Boolean.class)
                        .single();
    }

    /** Whether the database knows the group with just these rules. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean agrees(SecurityGroupSpec group, Collection<SecurityGroupRuleSpec> rules) {
        var own = groups.rulesOf(List.of(group.id())).stream().map(Rule::spec).collect(Collectors.toSet());
        return knows(group) && own.equals(Set.copyOf(rules));
    }

    /** Does what a controller that reconciles leaves undone at its start. */
    public void complete() {
        vpcs.tellDomain();
        defaults.addMissingSubnets();
    }

    /** Makes sure that each VPC has what it starts with, its own group too, once those that hosts know are there. */
    public void ensureParts(VpcSpec vpc) {
        vpcTable.of(vpc.account()).stream().filter(v -> v.id().equals(vpc.id())).forEach(parts::begin);
    }

    /**
     * Makes sure that there is the group, as yet without rules when it has to be made.
     *
     * @param name what it is called where that is known, else its id; one that is taken is not used
     */
    public void ensure(SecurityGroupSpec group, String name) {
        if (isThere("security_group", group.id().value())) {
            return;
        }
        if (!groups.insert(new Group(group.id(), group.account(), group.vpc(), name, RESTORED))) {
            groups.insert(new Group(group.id(), group.account(), group.vpc(), name + " " + group.id(), RESTORED));
        }
    }

    /** Makes these all the rules of a group; one whose peers are a group that nobody knows is left out, so that nothing opens. */
    public void setRules(SecurityGroupSpec group, Collection<SecurityGroupRuleSpec> wanted) {
        var left = new HashSet<>(wanted);
        var dropped = new ArrayList<String>();
        for (var rule : groups.rulesOf(List.of(group.id()))) {
            if (!left.remove(rule.spec())) {
                dropped.add(rule.id().value());
            }
        }
        jdbc.sql("DELETE FROM security_group_rule WHERE id = ANY(:ids)")
                .param("ids", dropped.toArray(String[]::new))
                .update();
        tags.drop(dropped);
        var row = new Group(group.id(), group.account(), group.vpc(), "", "");
        var added = left.stream()
                .filter(r ->
                        r.group() == null || isThere("security_group", r.group().value()))
                .map(r -> rule(row, r))
                .toList();
        groups.insertRules(added);
        if (!dropped.isEmpty() || !added.isEmpty()) {
            onHosts.changed(SecurityGroupDocuments.key(group.id()));
        }
    }

    private Rule rule(Group group, SecurityGroupRuleSpec spec) {
        var peer = spec.cidr() != null
                ? new Peer.Block(spec.cidr())
                : new Peer.Group(Objects.requireNonNull(spec.group()));
        return groups.rule(
                group, spec.direction(), new Permission(spec.protocol(), spec.fromPort(), spec.toPort(), peer, null));
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean knows(VpcSpec vpc) {
        return isThere("vpc", vpc.id().value());
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean knows(SecurityGroupSpec group) {
        return isThere("security_group", group.id().value());
    }

    private boolean isThere(String table, String id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + table + " WHERE id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Makes an interface what its host was told of it. A group that nobody knows is left out: what it allowed is closed. */
    public void take(HostId host, InterfaceSpec spec) {
        jdbc.sql("""
            WITH taken AS (
                INSERT INTO network_interface (id, account, vpc, subnet, zone, description, mac, private_address, public_address,
                    source_dest_check, generation, releasing, wants_public_address)
                SELECT :id, :account, :vpc, s.id, s.zone, '', :mac, :address, :public, :check, 1, false, CAST(:public AS text) IS NOT NULL
                FROM subnet s WHERE s.id = :subnet
                ON CONFLICT (id) DO UPDATE SET public_address = :public, source_dest_check = :check, releasing = false,
                    wants_public_address = network_interface.wants_public_address OR excluded.wants_public_address
                RETURNING id
            ), attached AS (
                INSERT INTO network_interface_attachment (id, interface, instance, device_index, attached, delete_on_termination)
                SELECT :attachment, id, :instance, :index, :now, true FROM taken
                ON CONFLICT (interface) DO UPDATE SET instance = :instance, device_index = :index
            )
            INSERT INTO network_interface_placement (interface, host) SELECT id, :host FROM taken
            ON CONFLICT (interface) DO UPDATE SET host = :host
            """)
                .param("id", spec.id().value())
                .param("account", spec.account().value())
                .param("vpc", spec.vpc().value())
                .param("subnet", spec.subnet().value())
                .param("mac", spec.mac())
                .param("address", spec.addresses().getFirst())
                .param("public", spec.publicAddress(), Types.VARCHAR)
                .param("check", spec.sourceDestCheck())
                .param("attachment", InterfaceAttachmentId.random(random).value())
                .param("instance", spec.instance().value())
                .param("index", spec.deviceIndex())
                .param("now", Instants.column(clock.instant()))
                .param("host", host.value())
                .update();
        jdbc.sql("DELETE FROM network_interface_group WHERE interface = :id")
                .param("id", spec.id().value())
                .update();
        jdbc.sql("""
            INSERT INTO network_interface_group (interface, security_group, position)
            SELECT :id, g.id, w.position FROM unnest(:groups) WITH ORDINALITY AS w(id, position) JOIN security_group g ON g.id = w.id
            """)
                .param("id", spec.id().value())
                .param(
                        "groups",
                        spec.groups().stream().map(SecurityGroupId::value).toArray(String[]::new))
                .update();
    }

    /** Wants an instance's interfaces gone that its host is to remove. */
    public void end(InstanceId instance) {
        jdbc.sql("UPDATE network_interface SET releasing = true WHERE id IN " + OF_INSTANCE)
                .param("instance", instance.value())
                .update();
    }

    /** Forgets the interfaces of an instance of which nothing is left, and their addresses. */
    public void forget(InstanceId instance) {
        tags.drop(jdbc.sql("DELETE FROM network_interface WHERE id IN " + OF_INSTANCE + " RETURNING id")
                .param("instance", instance.value())
                .query(String.class)
                .list());
    }

    /** Takes the public addresses of an instance that is stopped. */
    public void dropPublicAddresses(InstanceId instance) {
        jdbc.sql("UPDATE network_interface SET public_address = NULL WHERE id IN " + OF_INSTANCE
                        + " AND id NOT IN (SELECT interface FROM elastic_ip_association)")
                .param("instance", instance.value())
                .update();
    }

    /**
     * Claims every interface's addresses anew, and draws none again that was drawn before.
     *
     * @param last interfaces that are frozen, maybe since another one has their address: that one's claim goes before theirs
     */
    public void rebuildAddresses(Set<String> last) {
        jdbc.sql("DELETE FROM private_address").update();
        jdbc.sql("DELETE FROM public_address WHERE retired_generation IS NULL").update();
        followElasticAddresses();
        var order = last.toArray(String[]::new);
        jdbc.sql("""
            INSERT INTO private_address (subnet, number, interface)
            SELECT i.subnet, (i.private_address::inet - host(s.cidr::cidr)::inet)::int, i.id
            FROM network_interface i JOIN subnet s ON s.id = i.subnet ORDER BY i.id = ANY(:last), i.id ON CONFLICT DO NOTHING
            """).param("last", order).update();
        jdbc.sql("""
            INSERT INTO public_address (address, interface)
                        SELECT DISTINCT ON (public_address) public_address, id FROM network_interface
                        WHERE public_address IS NOT NULL ORDER BY public_address, id = ANY(:last), id
                        ON CONFLICT (address) DO UPDATE SET retired_generation = NULL, interface = excluded.interface
                WHERE public_address.retired_generation IS NOT NULL
            """).param("last", order).update();
        jdbc.sql("""
            INSERT INTO public_address (address, elastic_ip) SELECT address, id FROM elastic_ip
            ON CONFLICT (address) DO UPDATE SET elastic_ip = excluded.elastic_ip
            """).update();
        jdbc.sql("SELECT setval('subnet_vni', greatest((SELECT max(vni) FROM subnet), (SELECT last_value FROM"
                        + " subnet_vni))" + ROOM + ")")
                .query(Long.class)
                .optional();
        jdbc
                .sql("SELECT mac FROM network_interface UNION SELECT gateway_mac FROM subnet")
                .query(String.class)
                .list()
                .stream()
                .mapToLong(MacAddress::number)
                .max()
                .ifPresent(most -> jdbc.sql(
                                "SELECT setval('mac_number', greatest(:most, (SELECT last_value FROM mac_number))"
                                        + ROOM + ")")
                        .param("most", most)
                        .query(Long.class)
                        .single());
    }

    /** Elastic addresses are to be where hosts answer for them; of others the database's word stays. */
    private void followElasticAddresses() {
        jdbc.sql("""
            DELETE FROM elastic_ip_association a USING elastic_ip e, network_interface i
            WHERE i.public_address = e.address AND i.account = e.account
                AND (a.elastic_ip = e.id OR a.interface = i.id) AND (a.elastic_ip <> e.id OR a.interface <> i.id)
            """).update();
        jdbc.sql("""
            INSERT INTO elastic_ip_association (id, elastic_ip, interface)
            SELECT DISTINCT ON (e.id) 'eipassoc-' || substr(md5(e.id || i.id), 1, 17), e.id, i.id
            FROM elastic_ip e JOIN network_interface i ON i.public_address = e.address AND i.account = e.account
            WHERE NOT i.releasing ORDER BY e.id, i.id ON CONFLICT DO NOTHING
            """).update();
    }

    /**
     * Counts anew on a host, and tells it of its networks and groups.
     *
     * @param told the networks and groups that the host knows
     * @param tidy whether it is told to remove what none of its interfaces uses
     */
    public void restamp(HostId host, long generation, Collection<? extends HostDocument> told, boolean tidy) {
        jdbc.sql("UPDATE network_interface SET generation = :generation WHERE id IN " + ON_HOST)
                .param("generation", generation)
                .param("host", host.value())
                .update();
        jdbc.sql("UPDATE public_address SET retired_generation = :generation"
                        + " WHERE retired_generation IS NOT NULL AND interface IN " + ON_HOST)
                .param("generation", generation)
                .param("host", host.value())
                .update();
        onHosts.restamp(host, generation, told, tidy);
        peers.restamp(host, generation, told);
    }

    /** Tells a host of all its interfaces but some. */
    public void put(HostId host, Collection<String> except) {
        var rows = interfaces.load(jdbc.sql(
                        "SELECT interface FROM network_interface_placement WHERE host = :host AND interface <> ALL(:except) ORDER BY interface")
                .param("host", host.value())
                .param("except", except.toArray(String[]::new))
                .query(String.class)
                .list());
        var named =
                interfaces.groupsOf(rows.stream().map(InterfaceTable.Row::id).toList());
        documents.put(
                host,
                rows.stream()
                        .map(r -> r.spec(named.getOrDefault(r.id(), List.of()).stream()
                                .map(GroupName::id)
                                .toList()))
                        .toList());
    }

    /** The interfaces that the database has of an instance. */
    public List<NetworkInterfaceId> of(InstanceId instance) {
        return jdbc.sql(
                        "SELECT interface FROM network_interface_attachment WHERE instance = :instance ORDER BY interface")
                .param("instance", instance.value())
                .query((row, _) -> new NetworkInterfaceId(row.getString("interface")))
                .list();
    }
}
