package io.croft.controller.compute.instance;

import io.croft.controller.context.Instants;
import io.croft.controller.placement.Plan.Place;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The table {@code vm}: the machines of instances. One that is live is what its instance is; another is on its way to a host or from one. Whoever writes a row holds the lock
 * of its instance's row.
 */
@Component
public class VmTable {
    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    VmTable(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Places new instances, to be on; returns their rows. */
    public List<VmRow> insert(SequencedMap<InstanceId, Place> places) {
        batches.batchUpdate(
                """
                INSERT INTO vm (instance, host, generation, presence, power, stop_mode)
                VALUES (:instance, :host, 1, 'PRESENT', 'ON', 'GRACEFUL')
                """,
                places.entrySet().stream()
                        .map(e -> new MapSqlParameterSource()
                                .addValue("instance", e.getKey().value())
                                .addValue("host", e.getValue().host().id().value()))
                        .toArray(SqlParameterSource[]::new));
        return places.entrySet().stream()
                .map(e -> VmRow.placed(
                        e.getKey(), e.getValue().host().id(), e.getValue().pool()))
                .toList();
    }

    /** Wants the instances on or off from now on; a machine that is not live is no instance's power. */
    void want(Collection<InstanceId> ids, Power power, StopMode stop) {
        jdbc.sql("""
                        UPDATE vm SET power = :power, stop_mode = :stop, generation = generation + 1
                        WHERE instance = ANY(:ids) AND live AND presence = 'PRESENT'
                        """)
                .param("power", power.name())
                .param("stop", stop.name())
                .param("ids", InstanceTable.values(ids))
                .update();
    }

    /** Wants the instances gone from now on, wherever they have a machine. */
    void wantGone(Collection<InstanceId> ids) {
        jdbc.sql("""
                        UPDATE vm SET presence = 'ABSENT', power = 'OFF', stop_mode = 'FORCE', generation = generation + 1
                        WHERE instance = ANY(:ids) AND presence = 'PRESENT'
                        """).param("ids", InstanceTable.values(ids)).update();
    }

    /** Raises generations although nothing that this table holds has changed. */
    void raise(Collection<InstanceId> ids) {
        jdbc.sql("UPDATE vm SET generation = generation + 1 WHERE instance = ANY(:ids)")
                .param("ids", InstanceTable.values(ids))
                .update();
    }

    /** Notes that the generation in force now is the one that brought the metadata options as they are. */
    void noteMetadata(InstanceId id) {
        jdbc.sql("UPDATE vm SET metadata_generation = generation WHERE instance = :id")
                .param("id", id.value())
                .update();
    }

    /** The instances' live machines. */
    public List<VmRow> load(Collection<InstanceId> ids) {
        return load(ids, " AND v.live");
    }

    /** All their machines, wherever they are. */
    List<VmRow> everywhere(Collection<InstanceId> ids) {
        return load(ids, "");
    }

    private List<VmRow> load(Collection<InstanceId> ids, String which) {
        return jdbc.sql(
                        "SELECT v.*, c.pool FROM vm v LEFT JOIN host_claim c ON c.host = v.host AND c.holder = v.instance"
                                + " WHERE v.instance = ANY(:ids)" + which)
                .param("ids", InstanceTable.values(ids))
                .query((row, _) -> row(row))
                .list();
    }

    public Optional<VmRow> find(InstanceId id) {
        return load(List.of(id)).stream().findFirst();
    }

    /** Instances placed on a host that have not run yet and are neither running nor ended. */
    List<InstanceId> neverRunOn(HostId host) {
        return jdbc.sql("""
                        SELECT i.id FROM vm m JOIN instance i ON i.id = m.instance
                        WHERE m.host = :host AND NOT i.has_run AND i.state IN ('PENDING', 'SHUTTING_DOWN') ORDER BY i.id
                        """)
                .param("host", host.value())
                .query((row, _) -> new InstanceId(row.getString("id")))
                .list();
    }

    /** Those of the instances whose hosts are away, with these. */
    Map<InstanceId, HostId> onAwayHosts(Collection<InstanceId> ids) {
        var hosts = new HashMap<InstanceId, HostId>();
        if (!ids.isEmpty()) {
            jdbc.sql("""
                            SELECT m.instance, m.host FROM vm m JOIN host h ON h.id = m.host
                            WHERE m.instance = ANY(:ids) AND h.state = 'UNREACHABLE'
                            """).param("ids", InstanceTable.values(ids)).query(row -> {
                hosts.put(new InstanceId(row.getString("instance")), new HostId(row.getString("host")));
            });
        }
        return hosts;
    }

    /** Notes what the checks say now. */
    void check(InstanceId id, InstanceChecks checks, Instant since) {
        jdbc.sql("""
                        UPDATE vm SET instance_check = :instance, system_check = :system, check_reason = :reason,
                            impaired_since = CASE WHEN :impaired THEN COALESCE(impaired_since, :since) END
                        WHERE instance = :id AND live
                        """)
                .param("instance", checks.instance().name())
                .param("system", checks.system().name())
                .param("reason", checks.reason())
                .param("impaired", checks.impaired())
                .param("since", Instants.column(since))
                .param("id", id.value())
                .update();
    }

    /** Notes what the host saw; returns the row as it is then, if the instance has its place there. */
    Optional<VmRow> observe(InstanceId id, HostId host, ObservedDocument observation) {
        var failure = observation.failure();
        return jdbc.sql("""
                        UPDATE vm SET observed = :state, observed_since = :since, observed_generation = :generation, failure = :failure
                        WHERE instance = :id AND host = :host
                        RETURNING *, (SELECT c.pool FROM host_claim c WHERE c.host = vm.host AND c.holder = vm.instance) AS pool
                        """)
                .param("state", observation.state().name())
                .param("since", Instants.column(Instant.parse(observation.since())))
                .param("generation", observation.generation().value())
                .param("failure", failure == null ? null : failure.code() + ": " + failure.message(), Types.VARCHAR)
                .param("id", id.value())
                .param("host", host.value())
                .query((row, _) -> row(row))
                .optional();
    }

    /** What kept the host from doing what was wanted when it last said so. */
    Optional<String> failure(InstanceId id) {
        return jdbc.sql("SELECT failure FROM vm WHERE instance = :id AND live AND failure IS NOT NULL")
                .param("id", id.value())
                .query(String.class)
                .optional();
    }

    /** Deletes the machine that its host has proved gone; whether it was the instance's last. */
    boolean delete(InstanceId id, HostId host) {
        jdbc.sql("DELETE FROM vm WHERE instance = :id AND host = :host")
                .param("id", id.value())
                .param("host", host.value())
                .update();
        return everywhere(List.of(id)).isEmpty();
    }

    private static VmRow row(ResultSet row) throws SQLException {
        var observed = row.getString("observed");
        var observedGeneration = row.getLong("observed_generation");
        var observedAny = !row.wasNull();
        return new VmRow(
                new InstanceId(row.getString("instance")),
                new HostId(row.getString("host")),
                new Generation(row.getLong("generation")),
                row.getBoolean("live"),
                Presence.valueOf(row.getString("presence")),
                Power.valueOf(row.getString("power")),
                StopMode.valueOf(row.getString("stop_mode")),
                observed == null ? null : ObservedDocument.State.valueOf(observed),
                Instants.ofNullable(row, "observed_since"),
                new Generation(row.getLong("metadata_generation")),
                observedAny ? new Generation(observedGeneration) : null,
                checks(row),
                Instants.ofNullable(row, "impaired_since"),
                row.getString("pool"));
    }

    private static @Nullable InstanceChecks checks(ResultSet row) throws SQLException {
        var instance = row.getString("instance_check");
        return instance == null
                ? null
                : new InstanceChecks(
                        StatusCheck.valueOf(instance),
                        StatusCheck.valueOf(row.getString("system_check")),
                        row.getString("check_reason"));
    }
}
