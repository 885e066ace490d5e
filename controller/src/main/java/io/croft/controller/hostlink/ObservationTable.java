package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.ObservedDocument;
import io.croft.types.HostId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code host_observation}. */
@Component
class ObservationTable {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    ObservationTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<ObservedDocument> find(HostId host, DocumentKey key) {
        return jdbc.sql(
                        "SELECT observation::text FROM host_observation WHERE host = :host AND kind = :kind AND id = :id")
                .param("host", host.value())
                .param("kind", key.kind().wireName())
                .param("id", key.id())
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, ObservedDocument.class));
    }

    List<ObservedDocument> failing(HostId host, int most) {
        return jdbc.sql("""
                        SELECT observation::text FROM host_observation
                        WHERE host = :host AND observation -> 'failure' <> 'null'::jsonb ORDER BY kind, id LIMIT :most
                        """).param("host", host.value()).param("most", most).query(String.class).list().stream()
                .map(text -> json.readValue(text, ObservedDocument.class))
                .toList();
    }

    /** Notes the observation, and does not let the transaction wait for the disk: what a crash of the database takes, the host's next full report brings again. */
    void put(HostId host, ObservedDocument observation) {
        jdbc.sql("""
                        INSERT INTO host_observation (host, kind, id, observation)
                        SELECT :host, :kind, :id, :observation::jsonb
                        FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurry
                        ON CONFLICT (host, kind, id) DO UPDATE SET observation = excluded.observation
                        """)
                .param("host", host.value())
                .param("kind", observation.key().kind().wireName())
                .param("id", observation.key().id())
                .param("observation", json.writeValueAsString(observation))
                .update();
    }

    void drop(HostId host, DocumentKey key) {
        jdbc.sql("DELETE FROM host_observation WHERE host = :host AND kind = :kind AND id = :id")
                .param("host", host.value())
                .param("kind", key.kind().wireName())
                .param("id", key.id())
                .update();
    }
}
