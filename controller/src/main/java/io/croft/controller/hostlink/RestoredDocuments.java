package io.croft.controller.hostlink;

import io.croft.protocol.HostDocument;
import io.croft.types.Era;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What the database wants of hosts, for a restore that compares it with what they have and writes it anew. */
@Component
public class RestoredDocuments {
    private static final String END = "(presence = 'ABSENT' AND kind IN ('instance', 'interface'))";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RestoredDocuments(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A document and when the host was to be told of it.
     *
     * @param revision the host's
     */
    public record Stored(HostDocument document, long revision) {}

    /** All documents of a host but operations, which a restore does not carry out. */
    public List<Stored> of(HostId host) {
        return jdbc.sql("SELECT body::text AS body, revision FROM host_document WHERE host = :host AND kind <>"
                        + " 'operation'")
                .param("host", host.value())
                .query((row, _) ->
                        new Stored(json.readValue(row.getString("body"), HostDocument.class), row.getLong("revision")))
                .list();
    }

    /** How far the host was told. */
    public long revision(HostId host) {
        return jdbc.sql("SELECT coalesce(max(revision), 0) FROM host_stream WHERE host = :host")
                .param("host", host.value())
                .query(Long.class)
                .single();
    }

    /** Keeps every writer of documents out until the transaction ends, and waits for those that are in. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock() {
        jdbc.sql("LOCK TABLE host_document IN SHARE ROW EXCLUSIVE MODE").update();
    }

    /**
     * Forgets all that a host was told and has said of it, and begins the era for it: whatever is put after this is all that it is told, beside the ends of instances and interfaces. What was
     * freed behind a fence has no row any more from which that could be put, and would go on unclaimed beside whoever has its address now.
     *
     * @param frozen ids of what is kept all the same, and told to nobody
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(HostId host, Era era, Collection<String> frozen) {
        var kept = frozen.toArray(String[]::new);
        jdbc.sql("DELETE FROM host_document WHERE host = :host AND id <> ALL(:kept) AND NOT " + END)
                .param("host", host.value())
                .param("kept", kept)
                .update();
        jdbc.sql("UPDATE host_document SET revision = 0 WHERE host = :host AND id = ANY(:kept)")
                .param("host", host.value())
                .param("kept", kept)
                .update();
        jdbc.sql("DELETE FROM host_observation WHERE host = :host")
                .param("host", host.value())
                .update();
        jdbc.sql("""
            INSERT INTO host_stream (host, revision) VALUES (:host, :base)
            ON CONFLICT (host) DO UPDATE SET revision = greatest(host_stream.revision, excluded.revision) + 1
            """).param("host", host.value()).param("base", era.base()).update();
        // Below every generation of the era that a row gives: where there is a row, it decides.
        jdbc.sql(
                        "UPDATE host_document d SET generation = :base, revision = s.revision, body = jsonb_set(d.body, '{generation}', to_jsonb(:base)) FROM host_stream s"
                                + " WHERE s.host = d.host AND d.host = :host AND d.id <> ALL(:kept)")
                .param("host", host.value())
                .param("kept", kept)
                .param("base", era.base())
                .update();
    }
}
