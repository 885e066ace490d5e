package io.croft.controller.fleet;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Instants;
import io.croft.protocol.HostFacts;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The hosts of the deployment. */
@Component
public class Fleet {
    private static final Pattern REASON = Pattern.compile("\\P{Cntrl}{1,255}");
    private static final String ALL = """
            SELECT h.*, c.*, s.fence AS passed, EXISTS (SELECT FROM host_recovery r WHERE r.host = h.id) AS awaited
            FROM host h JOIN host_capacity c ON c.host = h.id JOIN host_session s ON s.host = h.id
            """;

    /** As good as a cordon: what is on the host is not known yet. */
    private static final String AWAITED = "waits to be merged, see croft restore status";

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Heartbeats heartbeats;
    private final CertificateHolders holders;
    private final FleetProperties properties;

    /** What hosts last said of themselves, read: of each its newest. */
    private final ConcurrentHashMap<HostId, ReadFacts> read = new ConcurrentHashMap<>();

    private record ReadFacts(String text, HostFacts facts) {}

    Fleet(
            JdbcClient jdbc,
            JsonMapper json,
            Heartbeats heartbeats,
            CertificateHolders holders,
            FleetProperties properties) {
        this.jdbc = jdbc;
        this.json = json;
        this.heartbeats = heartbeats;
        this.holders = holders;
        this.properties = properties;
    }

    /**
     * Whether the host may yet have to tell what came of something that began then: no controller was there to be told for some of the time since, and the host has not
     * been heard of for as long as its full reports are apart. It ends when the host counts as away.
     */
    public boolean mayYetTell(HostId id, Instant begun) {
        return heartbeats.before(begun)
                && heartbeats.telling(id).compareTo(properties.suspectAfter()) < 0
                && heartbeats.silence(id).compareTo(properties.unreachableAfter()) < 0;
    }

    public Optional<HostView> find(HostId id) {
        return jdbc.sql(ALL + " WHERE h.id = :id")
                .param("id", id.value())
                .query(this::host)
                .optional();
    }

    /** All hosts, read in one statement. */
    public FleetSnapshot snapshot() {
        return new FleetSnapshot(
                jdbc.sql(ALL + " ORDER BY h.id").query(this::host).list());
    }

    /**
     * Lets the host take no new instances and start none that are stopped; what runs there goes on. Said again, the new reason stands.
     *
     * @param reason for the operator and for placement's refusals, 1 to 255 characters
     * @throws io.croft.controller.context.CloudException NotFound, InvalidParameterValue
     */
    @Transactional
    public HostView cordon(HostId id, String reason) {
        if (!REASON.matcher(reason).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "A cordon's reason has 1 to 255 characters, on one line.");
        }
        return setCordon(id, reason);
    }

    /**
     * Lets the host take instances again; does nothing when it may.
     *
     * @throws io.croft.controller.context.CloudException NotFound
     */
    @Transactional
    public HostView uncordon(HostId id) {
        return setCordon(id, null);
    }

    private HostView setCordon(HostId id, @Nullable String reason) {
        jdbc.sql("UPDATE host SET cordon = :reason WHERE id = :id")
                .param("id", id.value())
                .param("reason", reason, Types.VARCHAR)
                .update();
        return find(id).orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no host " + id + "."));
    }

    /** When the newest certificate that the host can use ends; empty when it has none. */
    public Optional<Instant> certificateEnds(HostId id) {
        return holders.ends(id);
    }

    private HostView host(ResultSet row, int number) throws SQLException {
        var id = new HostId(row.getString("id"));
        var heard = heartbeats.last(id);
        return new HostView(
                id,
                row.getString("name"),
                row.getString("zone"),
                HostState.valueOf(row.getString("state")),
                facts(id, row.getString("facts")),
                new Resources(row.getInt("vcpus"), row.getLong("memory_bytes"), row.getLong("disk_bytes")),
                new Resources(row.getInt("claimed_vcpus"), row.getLong("claimed_memory"), row.getLong("claimed_disk")),
                Instants.of(row, "enrolled"),
                heard.isPresent() ? heard.get() : Instants.ofNullable(row, "last_heard"),
                Optional.ofNullable(row.getObject("clock_skew", Long.class))
                        .map(Duration::ofMillis)
                        .orElse(null),
                row.getBoolean("awaited") ? AWAITED : row.getString("cordon"),
                row.getLong("fence"),
                row.getLong("passed"));
    }

    private @Nullable HostFacts facts(HostId id, @Nullable String text) {
        if (text == null) {
            return null;
        }
        var before = read.get(id);
        if (before != null && before.text().equals(text)) {
            return before.facts();
        }
        var facts = json.readValue(text, HostFacts.class);
        read.put(id, new ReadFacts(text, facts));
        return facts;
    }
}
