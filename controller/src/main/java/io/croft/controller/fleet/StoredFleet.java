package io.croft.controller.fleet;

import io.croft.controller.context.Instants;
import io.croft.protocol.HostFacts;
import io.croft.types.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The hosts in PostgreSQL. */
@Component
class StoredFleet implements Fleet {
    private static final String ALL = "SELECT * FROM host h JOIN host_capacity c ON c.host = h.id";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Heartbeats heartbeats;

    StoredFleet(JdbcClient jdbc, JsonMapper json, Heartbeats heartbeats) {
        this.jdbc = jdbc;
        this.json = json;
        this.heartbeats = heartbeats;
    }

    @Override
    public Optional<HostView> find(HostId id) {
        return jdbc.sql(ALL + " WHERE h.id = :id")
                .param("id", id.value())
                .query(this::host)
                .optional();
    }

    @Override
    public FleetSnapshot snapshot() {
        return new FleetSnapshot(
                jdbc.sql(ALL + " ORDER BY h.id").query(this::host).list());
    }

    private HostView host(ResultSet row, int number) throws SQLException {
        var id = new HostId(row.getString("id"));
        var heard = heartbeats.last(id);
        return new HostView(
                id,
                row.getString("name"),
                row.getString("zone"),
                HostState.valueOf(row.getString("state")),
                facts(row.getString("facts")),
                new Resources(row.getInt("vcpus"), row.getLong("memory_bytes"), row.getLong("disk_bytes")),
                new Resources(row.getInt("claimed_vcpus"), row.getLong("claimed_memory"), row.getLong("claimed_disk")),
                Instants.of(row, "enrolled"),
                heard.isPresent() ? heard.get() : Instants.ofNullable(row, "last_heard"));
    }

    private @Nullable HostFacts facts(@Nullable String text) {
        return text == null ? null : json.readValue(text, HostFacts.class);
    }
}
