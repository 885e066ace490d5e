package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.OperationId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code host_stream} and {@code host_document}. A document at revision 0 is one that a restore has frozen: it is told to nobody. */
@Component
class DocumentTable {
    /** With the observation looked up for each document: a join is planned by what was counted of two tables that grow from nothing, and may compare each row of one with each of the other. */
    private static final String ENTRIES = """
            SELECT d.kind, d.id, d.generation, d.presence, d.revision,
                (SELECT o.observation::text FROM host_observation o WHERE o.host = d.host AND o.kind = d.kind AND o.id = d.id) AS last
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DocumentTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Writes the documents under one new revision of the host; those that are not newer than what is there stay out. */
    void write(HostId host, Collection<HostDocument> documents) {
        var rows = new Columns(documents.size());
        documents.forEach(d -> rows.add(d, json.writerFor(HostDocument.class).writeValueAsString(d)));
        var written = jdbc.sql("""
                        WITH stream AS (
                            INSERT INTO host_stream (host, revision) VALUES (:host, 1)
                            ON CONFLICT (host) DO UPDATE SET revision = host_stream.revision + 1
                            RETURNING revision
                        )
                        INSERT INTO host_document AS d (host, kind, id, generation, presence, revision, body)
                        SELECT :host, w.kind, w.id, w.generation, w.presence, s.revision, w.body::jsonb
                        FROM stream s, unnest(:kinds::text[], :ids::text[], :generations::bigint[], :presences::text[], :bodies::text[])
                            AS w (kind, id, generation, presence, body)
                        ON CONFLICT (host, kind, id) DO UPDATE
                        SET generation = excluded.generation, presence = excluded.presence, revision = excluded.revision, body = excluded.body
                        WHERE d.generation < excluded.generation
                        """)
                .param("host", host.value())
                .param("kinds", rows.kinds)
                .param("ids", rows.ids)
                .param("generations", rows.generations)
                .param("presences", rows.presences)
                .param("bodies", rows.bodies)
                .update();
        if (written < documents.size()) {
            requireNoContradiction(host, rows);
        }
    }

    private static final class Columns {
        private final String[] kinds;
        private final String[] ids;
        private final Long[] generations;
        private final String[] presences;
        private final String[] bodies;
        private int filled;

        Columns(int size) {
            kinds = new String[size];
            ids = new String[size];
            generations = new Long[size];
            presences = new String[size];
            bodies = new String[size];
        }

        void add(HostDocument document, String body) {
            kinds[filled] = document.key().kind().wireName();
            ids[filled] = document.key().id();
            generations[filled] = document.generation().value();
            presences[filled] = document.presence().name();
            bodies[filled] = body;
            filled++;
        }
    }

    private void requireNoContradiction(HostId host, Columns rows) {
        var contradicted = jdbc.sql("""
                        SELECT d.kind || '/' || d.id || ' generation ' || d.generation
                        FROM host_document d, unnest(:kinds::text[], :ids::text[], :generations::bigint[], :bodies::text[])
                            AS w (kind, id, generation, body)
                        WHERE d.host = :host AND d.kind = w.kind AND d.id = w.id
                          AND d.generation = w.generation AND d.body <> w.body::jsonb
                        """)
                .param("host", host.value())
                .param("kinds", rows.kinds)
                .param("ids", rows.ids)
                .param("generations", rows.generations)
                .param("bodies", rows.bodies)
                .query(String.class)
                .list();
        if (!contradicted.isEmpty()) {
            throw new IllegalStateException("other content under the same generation on " + host + ": " + contradicted);
        }
    }

    Set<HostId> hostsWith(DocumentKey key, Presence presence) {
        return new HashSet<>(
                jdbc.sql("SELECT host FROM host_document WHERE kind = :kind AND id = :id AND presence = :presence")
                        .param("kind", key.kind().wireName())
                        .param("id", key.id())
                        .param("presence", presence.name())
                        .query((row, _) -> new HostId(row.getString("host")))
                        .list());
    }

    /**
     * What changed on a host after a revision, read in one statement.
     *
     * @param revision how far the host's documents have come; 0 when there never was one
     * @param documents oldest first
     * @param fence the host's
     * @param dead whether the host is proved dead, so that it is to come back first
     */
    record Changes(long revision, List<Stored> documents, long fence, boolean dead) {
        /** Says only how far the host has come. */
        static Changes heartbeat(long revision) {
            return new Changes(revision, List.of(), 0, false);
        }

        /** The line of {@link io.croft.protocol.DesiredBatch} that tells these as changes. */
        String line() {
            return line(false, "");
        }

        /**
         * The line that tells these as all that there is.
         *
         * @param known what the host has
         */
        String whole(long known) {
            var told = documents.stream().filter(d -> d.revision() <= known).count();
            return line(true, known == 0 ? "" : ",\"told\":" + told);
        }

        private String line(boolean full, String told) {
            var bodies = documents.stream().map(Stored::body).collect(Collectors.joining(","));
            var behind = fence == 0 ? "" : ",\"fence\":" + fence;
            return "{\"revision\":" + revision + ",\"full\":" + full + ",\"documents\":[" + bodies + "]" + told + behind
                    + "}\n";
        }
    }

    /**
     * A document.
     *
     * @param revision the host's, at which it was to be told
     * @param body JSON
     */
    record Stored(DocumentKey key, Generation generation, long revision, String body) {}

    Changes after(HostId host, long revision) {
        return jdbc.sql("""
                        SELECT coalesce(s.revision, 0) AS reached, d.kind, d.id, d.generation, d.revision, d.body::text AS body,
                            h.fence, h.state = 'DEAD' AS dead
                        FROM host h LEFT JOIN host_stream s ON s.host = h.id
                            LEFT JOIN host_document d ON d.host = s.host AND d.revision > :after
                        WHERE h.id = :host ORDER BY d.revision, d.kind, d.id
                        """)
                .param("host", host.value())
                .param("after", revision)
                .query((ResultSetExtractor<Changes>) DocumentTable::changes);
    }

    private static Changes changes(ResultSet row) throws SQLException {
        var documents = new ArrayList<Stored>();
        var reached = 0L;
        var fence = 0L;
        var dead = false;
        while (row.next()) {
            reached = row.getLong("reached");
            fence = row.getLong("fence");
            dead = row.getBoolean("dead");
            var body = row.getString("body");
            if (body != null) {
                documents.add(
                        new Stored(key(row), new Generation(row.getLong("generation")), row.getLong("revision"), body));
            }
        }
        return new Changes(reached, documents, fence, dead);
    }

    /**
     * A document's row without its body, and the last observation taken of it.
     *
     * @param last null when none was taken yet
     */
    record Entry(
            DocumentKey key,
            Generation generation,
            Presence presence,
            long revision,
            @Nullable ObservedDocument last) {}

    /** All of a host's documents. */
    Map<DocumentKey, Entry> entries(HostId host) {
        return byKey(jdbc.sql(ENTRIES + "FROM host_document d WHERE d.host = :host AND d.revision > 0")
                .param("host", host.value()));
    }

    /** Those of a host's documents that have one of these keys. */
    Map<DocumentKey, Entry> entries(HostId host, Collection<DocumentKey> keys) {
        // OFFSET 0 keeps it a look-up for each key, for the same reason.
        return byKey(jdbc.sql(ENTRIES + """
                        FROM unnest(:kinds::text[], :ids::text[]) AS k (kind, id)
                        CROSS JOIN LATERAL (
                            SELECT * FROM host_document d
                            WHERE d.host = :host AND d.kind = k.kind AND d.id = k.id AND d.revision > 0 OFFSET 0) d
                        """)
                .param("host", host.value())
                .param("kinds", keys.stream().map(k -> k.kind().wireName()).toArray(String[]::new))
                .param("ids", keys.stream().map(DocumentKey::id).toArray(String[]::new)));
    }

    private Map<DocumentKey, Entry> byKey(JdbcClient.StatementSpec statement) {
        return statement.query(this::entry).list().stream().collect(Collectors.toMap(Entry::key, Function.identity()));
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        var last = row.getString("last");
        return new Entry(
                key(row),
                new Generation(row.getLong("generation")),
                Presence.valueOf(row.getString("presence")),
                row.getLong("revision"),
                last == null ? null : json.readValue(last, ObservedDocument.class));
    }

    private static DocumentKey key(ResultSet row) throws SQLException {
        return new DocumentKey(DocumentKind.ofWireName(row.getString("kind")), row.getString("id"));
    }

    /** Forgets a tombstone of exactly this generation; whether there was one. */
    boolean dropTombstone(HostId host, DocumentKey key, Generation generation) {
        return jdbc.sql("""
                        DELETE FROM host_document
                        WHERE host = :host AND kind = :kind AND id = :id AND generation = :generation AND presence = 'ABSENT'
                        """)
                        .param("host", host.value())
                        .param("kind", key.kind().wireName())
                        .param("id", key.id())
                        .param("generation", generation.value())
                        .update()
                == 1;
    }

    /** Takes an operation's document away and returns it; nothing when it was taken before. */
    Optional<OperationSpec> takeOperation(HostId host, OperationId id) {
        return jdbc.sql(
                        "DELETE FROM host_document WHERE host = :host AND kind = :kind AND id = :id RETURNING body::text")
                .param("host", host.value())
                .param("kind", DocumentKind.OPERATION.wireName())
                .param("id", id.value())
                .query(String.class)
                .optional()
                .map(body -> (OperationSpec) json.readValue(body, HostDocument.class));
    }
}
