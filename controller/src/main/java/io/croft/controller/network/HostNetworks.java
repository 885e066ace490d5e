package io.croft.controller.network;

import io.croft.controller.hostlink.HostDocuments;
import io.croft.controller.network.SecurityGroupTable.Group;
import io.croft.controller.network.VpcTable.Vpc;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which VPCs and groups each host is told of: those that an interface on it uses. The rows of {@code network_document} are the locks between a launch that needs a
 * document and the last interface's end that takes it away; they are always locked in the order of their keys, and after the row of the VPC.
 */
@Component
class HostNetworks {
    private final JdbcClient jdbc;
    private final HostDocuments documents;
    private final VpcTable vpcs;
    private final SecurityGroupTable groups;
    private final DnsNames names;

    HostNetworks(JdbcClient jdbc, HostDocuments documents, VpcTable vpcs, SecurityGroupTable groups, DnsNames names) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.vpcs = vpcs;
        this.groups = groups;
        this.names = names;
    }

    /** A document of a host. */
    private record Entry(HostId host, DocumentKind kind, String id, VpcId vpc, long generation, boolean present) {
        private Entry at(long newGeneration, boolean newPresence) {
            return new Entry(host, kind, id, vpc, newGeneration, newPresence);
        }
    }

    /** Makes sure that the hosts are told of the VPC and of the groups, and keeps it so until the transaction ends; returns the VPC. */
    Vpc need(Collection<HostId> hosts, VpcId vpc, Collection<SecurityGroupId> members) {
        var held = vpcs.hold(vpc);
        var ids = new TreeSet<>(members.stream().map(SecurityGroupId::value).toList());
        var known = lock(hosts, vpc, ids);
        if (known.size() < hosts.size() * (ids.size() + 1)) {
            insert(hosts, vpc, ids);
            known = lock(hosts, vpc, ids);
        }
        var absent = known.stream().filter(e -> !e.present()).toList();
        if (!absent.isEmpty()) {
            change(absent, true);
        }
        return held;
    }

    private List<Entry> lock(Collection<HostId> hosts, VpcId vpc, Collection<String> members) {
        return jdbc.sql("""
                        SELECT * FROM network_document
                        WHERE host = ANY(:hosts) AND (kind = 'VPC' AND id = :vpc OR kind = 'SECURITY_GROUP' AND id = ANY(:groups))
                        ORDER BY host, kind, id FOR UPDATE
                        """)
                .param("hosts", hosts.stream().map(HostId::value).toArray(String[]::new))
                .param("vpc", vpc.value())
                .param("groups", members.toArray(String[]::new))
                .query((row, _) -> entry(row))
                .list();
    }

    private void insert(Collection<HostId> hosts, VpcId vpc, Collection<String> members) {
        jdbc.sql("""
                        INSERT INTO network_document (host, kind, id, vpc, generation, present)
                        SELECT h, d.kind, d.id, :vpc, 0, false FROM unnest(:hosts) AS h CROSS JOIN
                            (SELECT 'VPC' AS kind, :vpc AS id UNION ALL SELECT 'SECURITY_GROUP', unnest(:groups)) AS d
                        ORDER BY h, d.kind, d.id ON CONFLICT DO NOTHING
                        """)
                .param("hosts", hosts.stream().map(HostId::value).toArray(String[]::new))
                .param("vpc", vpc.value())
                .param("groups", members.toArray(String[]::new))
                .update();
    }

    /** Tells every host that knows the VPC how it is now; its row is locked for the change. */
    void vpcChanged(VpcId vpc) {
        var known = knowing(DocumentKind.VPC, vpc.value());
        if (!known.isEmpty()) {
            change(known, true);
        }
    }

    /** Tells every host that knows the group what its rules are now. */
    void groupChanged(SecurityGroupId group) {
        var known = knowing(DocumentKind.SECURITY_GROUP, group.value());
        if (!known.isEmpty()) {
            change(known, true);
        }
    }

    /** Takes the group from every host that knows it; its row is still there. */
    void groupDeleted(SecurityGroupId group) {
        deleted(DocumentKind.SECURITY_GROUP, group.value());
    }

    /** The same for a VPC. */
    void vpcDeleted(VpcId vpc) {
        deleted(DocumentKind.VPC, vpc.value());
    }

    private void deleted(DocumentKind kind, String id) {
        var known = knowing(kind, id);
        if (!known.isEmpty()) {
            change(known, false);
        }
    }

    private List<Entry> knowing(DocumentKind kind, String id) {
        return jdbc.sql("""
                        SELECT * FROM network_document WHERE kind = :kind AND id = :id AND present
                        ORDER BY host, kind, id FOR UPDATE
                        """)
                .param("kind", kind.name())
                .param("id", id)
                .query((row, _) -> entry(row))
                .list();
    }

    /** Locks all that the host is told of the VPC, for a change that needs some of it and takes some away. */
    void lock(HostId host, VpcId vpc) {
        vpcs.hold(vpc);
        jdbc.sql("SELECT id FROM network_document WHERE host = :host AND vpc = :vpc ORDER BY host, kind, id FOR UPDATE")
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
    }

    /** Takes from the host what no interface of the VPC on it uses any more. */
    void tidy(HostId host, VpcId vpc) {
        jdbc.sql(
                        "SELECT id FROM network_document WHERE host = :host AND vpc = :vpc AND present ORDER BY host, kind, id FOR UPDATE")
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
        var unused = jdbc.sql("""
                        SELECT d.* FROM network_document d
                        WHERE d.host = :host AND d.vpc = :vpc AND d.present AND NOT EXISTS (
                            SELECT FROM network_interface i WHERE i.host = d.host AND i.vpc = d.vpc AND (d.kind = 'VPC' OR EXISTS (
                                SELECT FROM network_interface_group g WHERE g.interface = i.id AND g.security_group = d.id)))
                        ORDER BY host, kind, id
                        """)
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query((row, _) -> entry(row))
                .list();
        if (!unused.isEmpty()) {
            change(unused, false);
        }
    }

    /**
     * Counts anew on a host, whose documents were forgotten: it is told of what its interfaces use.
     *
     * @param told what the host knows
     * @param tidy whether it is told to remove the rest; what nobody knows any more is left to it
     */
    void restamp(HostId host, long generation, Collection<? extends HostDocument> told, boolean tidy) {
        for (var document : told) {
            if (document instanceof VpcSpec vpc) {
                insert(List.of(host), vpc.id(), List.of());
            } else if (document instanceof SecurityGroupSpec group) {
                insert(List.of(host), group.vpc(), List.of(group.id().value()));
            }
        }
        var entries = jdbc.sql("""
                        UPDATE network_document d SET generation = :generation, present = EXISTS (
                            SELECT FROM network_interface i WHERE i.host = d.host AND i.vpc = d.vpc AND (d.kind = 'VPC' OR EXISTS (
                                SELECT FROM network_interface_group g WHERE g.interface = i.id AND g.security_group = d.id)))
                        WHERE host = :host RETURNING *
                        """)
                .param("host", host.value())
                .param("generation", generation)
                .query((row, _) -> entry(row))
                .list();
        put(entries.stream().filter(Entry::present).toList());
        if (tidy) {
            put(entries.stream().filter(e -> !e.present() && isKnown(e)).toList());
        }
    }

    private boolean isKnown(Entry entry) {
        return entry.kind() == DocumentKind.VPC
                ? !vpcs.load(List.of(entry.id())).isEmpty()
                : !groups.load(List.of(entry.id())).isEmpty();
    }

    private void change(List<Entry> entries, boolean present) {
        var changed =
                entries.stream().map(e -> e.at(e.generation() + 1, present)).toList();
        jdbc.sql("""
                        UPDATE network_document d SET generation = d.generation + 1, present = :present
                        FROM unnest(:hosts, :kinds, :ids) AS c(host, kind, id)
                        WHERE d.host = c.host AND d.kind = c.kind AND d.id = c.id
                        """)
                .param("present", present)
                .param("hosts", changed.stream().map(e -> e.host().value()).toArray(String[]::new))
                .param("kinds", changed.stream().map(e -> e.kind().name()).toArray(String[]::new))
                .param("ids", changed.stream().map(Entry::id).toArray(String[]::new))
                .update();
        put(changed);
    }

    private void put(List<Entry> entries) {
        var sources = new Sources(entries);
        entries.stream()
                .collect(Collectors.groupingBy(Entry::host))
                .forEach((host, own) ->
                        documents.put(host, own.stream().map(sources::document).toList()));
    }

    /** What the documents of some entries are made of, loaded at once. */
    private final class Sources {
        private final Map<String, Vpc> vpcsById;
        private final Map<VpcId, List<VpcTable.Subnet>> subnets;
        private final Map<String, Group> groupsById;
        private final Map<SecurityGroupId, List<SecurityGroupTable.Rule>> rules;

        private Sources(List<Entry> entries) {
            var vpcIds = ids(entries, DocumentKind.VPC);
            var groupIds = ids(entries, DocumentKind.SECURITY_GROUP);
            vpcsById = vpcs.load(vpcIds).stream().collect(Collectors.toMap(v -> v.id().value(), v -> v));
            subnets = vpcs.subnetsOf(vpcsById.values().stream().map(Vpc::id).toList()).stream()
                    .collect(Collectors.groupingBy(VpcTable.Subnet::vpc));
            groupsById = groups.load(groupIds).stream().collect(Collectors.toMap(g -> g.id().value(), g -> g));
            rules = groups.rulesOf(groupsById.values().stream().map(Group::id).toList()).stream()
                    .collect(Collectors.groupingBy(SecurityGroupTable.Rule::group));
        }

        private static Set<String> ids(List<Entry> entries, DocumentKind kind) {
            return entries.stream().filter(e -> e.kind() == kind).map(Entry::id).collect(Collectors.toSet());
        }

        private HostDocument document(Entry entry) {
            var presence = entry.present() ? Presence.PRESENT : Presence.ABSENT;
            var generation = new Generation(entry.generation());
            return entry.kind() == DocumentKind.VPC
                    ? vpc(entry, generation, presence)
                    : group(entry, generation, presence);
        }

        private VpcSpec vpc(Entry entry, Generation generation, Presence presence) {
            var vpc = required(vpcsById.get(entry.id()), entry);
            return new VpcSpec(
                    vpc.id(),
                    vpc.account(),
                    generation,
                    presence,
                    vpc.cidr(),
                    names.domain(),
                    subnets.getOrDefault(vpc.id(), List.of()).stream()
                            .map(VpcTable.Subnet::spec)
                            .toList(),
                    vpc.named() ? names.publicDomain() : null,
                    vpc.dnsSupport());
        }

        private SecurityGroupSpec group(Entry entry, Generation generation, Presence presence) {
            var group = required(groupsById.get(entry.id()), entry);
            return new SecurityGroupSpec(
                    group.id(),
                    group.account(),
                    group.vpc(),
                    generation,
                    presence,
                    rules.getOrDefault(group.id(), List.of()).stream()
                            .map(SecurityGroupTable.Rule::spec)
                            .toList());
        }

        private static <T> T required(@Nullable T row, Entry entry) {
            if (row == null) {
                throw new IllegalStateException("no row behind " + entry);
            }
            return row;
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new HostId(row.getString("host")),
                DocumentKind.valueOf(row.getString("kind")),
                row.getString("id"),
                new VpcId(row.getString("vpc")),
                row.getLong("generation"),
                row.getBoolean("present"));
    }
}
