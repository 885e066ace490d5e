package io.croft.controller.network.onhost;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import io.croft.controller.hostlink.HostDocuments;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.VpcId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which things of a VPC each host is told of: those that an interface on it uses. The rows of {@code network_document} are the locks between a launch that needs a
 * document and the last interface's end that takes it away; they are always locked in the order of their keys, and after the row of the VPC, which whoever needs
 * or locks some holds first.
 */
@Component
public class NetworkDocuments {
    private static final String IN_ORDER = " ORDER BY host, kind, id FOR UPDATE";

    private final JdbcClient jdbc;
    private final HostDocuments documents;
    private final Map<DocumentKind, HostDocumentSource> sources;
    private final String used;

    NetworkDocuments(JdbcClient jdbc, HostDocuments documents, List<HostDocumentSource> sources) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.sources = sources.stream().collect(toMap(HostDocumentSource::kind, Function.identity()));
        this.used = sources.stream()
                .map(s -> "WHEN '" + s.kind() + "' THEN " + s.used())
                .collect(joining(" ", "(CASE d.kind ", " END)"));
    }

    /** A document of a host. */
    private record Entry(HostId host, DocumentKind kind, String id, VpcId vpc, long generation, boolean present) {
        private Entry at(long newGeneration, boolean newPresence) {
            return new Entry(host, kind, id, vpc, newGeneration, newPresence);
        }
    }

    /** Makes sure that the hosts are told of these things of the VPC, and keeps it so until the transaction ends. */
    public void need(Collection<HostId> hosts, VpcId vpc, Collection<DocumentKey> things) {
        var known = lock(hosts, things);
        if (known.size() < hosts.size() * things.size()) {
            insert(hosts, vpc, things);
            known = lock(hosts, things);
        }
        change(known.stream().filter(e -> !e.present()).toList(), true);
    }

    private List<Entry> lock(Collection<HostId> hosts, Collection<DocumentKey> things) {
        return jdbc.sql("""
                        SELECT * FROM network_document
                        WHERE host = ANY(:hosts) AND (kind, id) IN (SELECT * FROM unnest(:kinds, :ids))
                        """ + IN_ORDER)
                .param("hosts", hosts.stream().map(HostId::value).toArray(String[]::new))
                .param("kinds", things.stream().map(t -> t.kind().name()).toArray(String[]::new))
                .param("ids", things.stream().map(DocumentKey::id).toArray(String[]::new))
                .query((row, _) -> entry(row))
                .list();
    }

    private void insert(Collection<HostId> hosts, VpcId vpc, Collection<DocumentKey> things) {
        jdbc.sql("""
                        INSERT INTO network_document (host, kind, id, vpc, generation, present)
                        SELECT h, d.kind, d.id, :vpc, 0, false
                        FROM unnest(:hosts) AS h CROSS JOIN unnest(:kinds, :ids) AS d(kind, id)
                        ORDER BY h, d.kind, d.id ON CONFLICT DO NOTHING
                        """)
                .param("hosts", hosts.stream().map(HostId::value).toArray(String[]::new))
                .param("vpc", vpc.value())
                .param("kinds", things.stream().map(t -> t.kind().name()).toArray(String[]::new))
                .param("ids", things.stream().map(DocumentKey::id).toArray(String[]::new))
                .update();
    }

    /** Tells every host that knows the thing how it is now; its row is locked for the change. */
    public void changed(DocumentKey thing) {
        change(knowing(thing), true);
    }

    /** Takes the thing from every host that knows it; its row is still there. */
    public void deleted(DocumentKey thing) {
        change(knowing(thing), false);
    }

    /** The hosts that are told of the thing. */
    public List<HostId> hosts(DocumentKey thing) {
        return knowing(thing).stream().map(Entry::host).toList();
    }

    private List<Entry> knowing(DocumentKey thing) {
        return jdbc.sql("SELECT * FROM network_document WHERE kind = :kind AND id = :id AND present" + IN_ORDER)
                .param("kind", thing.kind().name())
                .param("id", thing.id())
                .query((row, _) -> entry(row))
                .list();
    }

    /** Locks all that the host is told of the VPC, for a change that needs some of it and takes some away. */
    public void lock(HostId host, VpcId vpc) {
        jdbc.sql("SELECT id FROM network_document WHERE host = :host AND vpc = :vpc" + IN_ORDER)
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
    }

    /** Takes from the host what no interface of the VPC on it uses any more. */
    public void tidy(HostId host, VpcId vpc) {
        jdbc.sql("SELECT id FROM network_document WHERE host = :host AND vpc = :vpc AND present" + IN_ORDER)
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query(String.class)
                .list();
        var unused = jdbc.sql("SELECT d.* FROM network_document d"
                        + " WHERE d.host = :host AND d.vpc = :vpc AND d.present AND NOT " + used
                        + " ORDER BY host, kind, id")
                .param("host", host.value())
                .param("vpc", vpc.value())
                .query((row, _) -> entry(row))
                .list();
        change(unused, false);
    }

    /**
     * Counts anew on a host, whose documents were forgotten: it is told of what its interfaces use.
     *
     * @param told what the host knows, of any kind
     * @param tidy whether it is told to remove the rest; what nobody knows any more is left to it
     */
    public void restamp(HostId host, long generation, Collection<? extends HostDocument> told, boolean tidy) {
        for (var document : told) {
            var source = sources.get(document.key().kind());
            if (source != null) {
                insert(List.of(host), source.vpcOf(document), List.of(document.key()));
            }
        }
        var entries = jdbc.sql("UPDATE network_document d SET generation = :generation, present = " + used
                        + " WHERE host = :host RETURNING *")
                .param("generation", generation)
                .param("host", host.value())
                .query((row, _) -> entry(row))
                .list();
        put(entries.stream().filter(Entry::present).toList());
        if (tidy) {
            var drafts = load(entries);
            put(entries.stream()
                    .filter(e -> !e.present() && drafts.containsKey(key(e)))
                    .toList());
        }
    }

    private void change(List<Entry> entries, boolean present) {
        if (entries.isEmpty()) {
            return;
        }
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
        var drafts = load(entries);
        entries.stream()
                .collect(groupingBy(Entry::host))
                .forEach((host, own) -> documents.put(
                        host, own.stream().map(e -> document(e, drafts)).toList()));
    }

    private Map<DocumentKey, HostDocumentSource.Draft> load(List<Entry> entries) {
        var drafts = new HashMap<DocumentKey, HostDocumentSource.Draft>();
        entries.stream()
                .collect(groupingBy(Entry::kind))
                .forEach((kind, own) -> source(kind)
                        .load(own.stream().map(Entry::id).distinct().toList())
                        .forEach((id, draft) -> drafts.put(new DocumentKey(kind, id), draft)));
        return drafts;
    }

    private HostDocumentSource source(DocumentKind kind) {
        return Objects.requireNonNull(sources.get(kind), () -> "no source of " + kind);
    }

    private static HostDocument document(Entry entry, Map<DocumentKey, HostDocumentSource.Draft> drafts) {
        return Objects.requireNonNull(drafts.get(key(entry)), () -> "no row behind " + entry)
                .at(new Generation(entry.generation()), entry.present() ? Presence.PRESENT : Presence.ABSENT);
    }

    private static DocumentKey key(Entry entry) {
        return new DocumentKey(entry.kind(), entry.id());
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
