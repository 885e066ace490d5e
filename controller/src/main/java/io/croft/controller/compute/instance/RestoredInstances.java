package io.croft.controller.compute.instance;

import io.croft.controller.context.Instants;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Resources;
import io.croft.controller.tags.Tags;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.ObservedDocument;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Instances after a restore: their rows are put to what their hosts have. All of it belongs into the transaction of the merge. The states are written outside their table of
 * transitions, since what led to them was lost.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RestoredInstances {
    private static final String RESTORED = "Restored from an older copy of the records";

    private final JdbcClient jdbc;
    private final InstanceDocuments documents;
    private final Deadlines deadlines;
    private final Tags tags;
    private final Clock clock;

    RestoredInstances(JdbcClient jdbc, InstanceDocuments documents, Deadlines deadlines, Tags tags, Clock clock) {
        this.jdbc = jdbc;
        this.documents = documents;
        this.deadlines = deadlines;
        this.tags = tags;
        this.clock = clock;
    }

    /** Those that the database knows as terminated. */
    public Set<String> ended() {
        return new HashSet<>(jdbc.sql("SELECT id FROM instance WHERE state = 'TERMINATED'")
                .query(String.class)
                .list());
    }

    /** Those that are placed on a host, by their ids. */
    public List<InstanceId> on(HostId host) {
        return jdbc.sql("SELECT instance FROM vm WHERE host = :host ORDER BY instance")
                .param("host", host.value())
                .query((row, _) -> new InstanceId(row.getString("instance")))
                .list();
    }

    /**
     * Makes an instance what its host was told of it. One that the database does not know is protected from termination.
     *
     * @param seen what the host sees of it; null when it does not say
     */
    public void take(HostId host, InstanceSpec spec, ObservedDocument.@Nullable State seen) {
        var state = spec.power() == Power.ON
                ? seen == ObservedDocument.State.READY ? InstanceState.RUNNING : InstanceState.PENDING
                : seen == ObservedDocument.State.STOPPED ? InstanceState.STOPPED : InstanceState.STOPPING;
        var fresh = upsert(spec, state);
        place(host, spec.id(), spec.power(), spec.stop());
        if (fresh && !spec.metadata().tags().isEmpty()) {
            tags.attach(
                    spec.account(), Map.of(spec.id().value(), spec.metadata().tags()));
        }
    }

    /** Makes an instance stopped on the host that has its volumes. */
    public void stop(HostId host, InstanceSpec spec) {
        upsert(spec, InstanceState.STOPPED);
        place(host, spec.id(), Power.OFF, InstanceSpec.StopMode.FORCE);
    }

    /** Ends an instance that its host is to remove. */
    public void end(HostId host, InstanceSpec spec) {
        upsert(spec, InstanceState.SHUTTING_DOWN);
        place(host, spec.id(), Power.OFF, InstanceSpec.StopMode.FORCE);
        jdbc.sql("UPDATE vm SET presence = 'ABSENT' WHERE instance = :id AND host = :host")
                .param("id", spec.id().value())
                .param("host", host.value())
                .update();
        reason(spec.id());
    }

    /** Ends an instance of which nothing is left; no host is told. */
    public void terminate(InstanceId id) {
        jdbc.sql("DELETE FROM vm WHERE instance = :id").param("id", id.value()).update();
        jdbc.sql("UPDATE instance SET state = 'TERMINATED', state_since = :now, deadline = NULL WHERE id = :id")
                .param("now", Instants.column(clock.instant()))
                .param("id", id.value())
                .update();
        reason(id);
    }

    private void reason(InstanceId id) {
        jdbc.sql("""
            UPDATE instance SET reason_code = :code, reason_message = :message, transition_reason = :transition WHERE id = :id
            """)
                .param("code", StateReasons.USER_STOP.code())
                .param("message", StateReasons.USER_STOP.message())
                .param("transition", RESTORED)
                .param("id", id.value())
                .update();
    }

    /** Inserts the instance or makes its row say what its document does; whether it was inserted. */
    private boolean upsert(InstanceSpec spec, InstanceState state) {
        var metadata = spec.metadata();
        var now = clock.instant();
        var deadline = deadlines.of(state);
        return jdbc.sql("""
            INSERT INTO instance (id, account, reservation, launch_index, image, instance_type, vcpus, threads_per_core, memory_mib,
                architecture, boot_mode, zone, placement_group, placement_group_name, partition_number, root_device, key_name,
                public_key, user_data, hibernation, shutdown_behavior, disable_api_termination, monitored, metadata_endpoint,
                metadata_tokens, metadata_hop_limit, metadata_tags, auto_recovery, state, state_since, deadline, transition_reason, launched, has_run)
            SELECT :id, :account, :reservation, :launchIndex, :image, :type, :vcpus, coalesce(t.threads_per_core, 1), :memory,
                coalesce(i.architecture, :architecture), :bootMode, :zone, g.id, g.name, CASE WHEN g.id IS NOT NULL THEN :partition::integer END,
                :root, :keyName, :publicKey, :userData, :hibernation, 'STOP', true, coalesce(:monitored, false), :endpoint,
                :tokens, :hops, :tags, :recovers, :state, :now, :deadline::timestamptz, '', :launched, true
            FROM (VALUES (1)) AS one
                LEFT JOIN instance_type t ON t.name = :type AND t.vcpus = :vcpus
                LEFT JOIN image i ON i.id = :image AND i.architecture = 'i386' AND :architecture = 'x86_64'
                LEFT JOIN placement_group g ON g.account = :account AND g.name = :group
            ON CONFLICT (id) DO UPDATE SET instance_type = :type, vcpus = :vcpus, threads_per_core = CASE
                    WHEN instance.instance_type = :type AND instance.vcpus = :vcpus THEN instance.threads_per_core
                    ELSE excluded.threads_per_core END,
                memory_mib = :memory, placement_group = excluded.placement_group,
                placement_group_name = excluded.placement_group_name, partition_number = excluded.partition_number,
                monitored = coalesce(:monitored, instance.monitored), user_data = :userData, metadata_endpoint = :endpoint, metadata_tokens = :tokens, metadata_hop_limit = :hops,
                metadata_tags = instance.metadata_tags OR :tags, auto_recovery = :recovers, state = :state, state_since = :now, deadline = :deadline,
                reason_code = NULL, reason_message = NULL, transition_reason = '', has_run = true
            RETURNING xmax = 0 AS inserted
            """)
                .param("id", spec.id().value())
                .param("account", spec.account().value())
                .param("reservation", metadata.reservation().value())
                .param("launchIndex", metadata.launchIndex())
                .param("image", metadata.image().value())
                .param("type", spec.instanceType())
                .param("vcpus", spec.vcpus())
                .param("memory", (int) (spec.memoryBytes() >> 20))
                .param("architecture", spec.architecture())
                .param("bootMode", spec.bootMode().name())
                .param("zone", metadata.zone())
                .param("group", metadata.placementGroup(), Types.VARCHAR)
                .param("partition", metadata.partition(), Types.INTEGER)
                .param("monitored", metadata.monitored(), Types.BOOLEAN)
                .param(
                        "root",
                        spec.disks().isEmpty() ? "" : spec.disks().getFirst().deviceName())
                .param("keyName", metadata.keyName(), Types.VARCHAR)
                .param("publicKey", metadata.publicKey(), Types.VARCHAR)
                .param("userData", metadata.userData(), Types.VARCHAR)
                .param("hibernation", spec.stop() == InstanceSpec.StopMode.HIBERNATE)
                .param("endpoint", metadata.endpointEnabled())
                .param("tokens", metadata.tokensRequired())
                .param("hops", metadata.hopLimit())
                .param("tags", !metadata.tags().isEmpty())
                .param("recovers", !spec.staysDown())
                .param("state", state.name())
                .param("now", Instants.column(now))
                .param("deadline", deadline == null ? null : Instants.column(deadline), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("launched", Instants.column(Instant.parse(metadata.launched())))
                .query(Boolean.class)
                .single();
    }

    private void place(HostId host, InstanceId id, Power power, InstanceSpec.StopMode stop) {
        jdbc.sql("""
            INSERT INTO vm (instance, host, generation, presence, power, stop_mode) VALUES (:id, :host, 1, 'PRESENT', :power, :stop)
            ON CONFLICT (instance) WHERE live DO UPDATE SET host = :host, presence = 'PRESENT', power = :power, stop_mode = :stop
            """)
                .param("id", id.value())
                .param("host", host.value())
                .param("power", power.name())
                .param("stop", stop.name())
                .update();
    }

    /**
     * Counts anew on a host: every instance on it has this generation, has run, so that no failure takes anything of it away, and has its full time for what it is about to do.
     */
    public void restamp(HostId host, long generation) {
        jdbc.sql("""
            UPDATE vm SET generation = :generation, metadata_generation = :generation, observed = NULL, observed_since = NULL,
                observed_generation = NULL, failure = NULL
            WHERE host = :host
            """)
                .param("generation", generation)
                .param("host", host.value())
                .update();
        for (var state : List.of(InstanceState.PENDING, InstanceState.STOPPING, InstanceState.SHUTTING_DOWN)) {
            jdbc.sql("""
                UPDATE instance SET deadline = :deadline
                WHERE state = :state AND id IN (SELECT instance FROM vm WHERE host = :host)
                """)
                    .param("deadline", Instants.column(deadline(state)))
                    .param("state", state.name())
                    .param("host", host.value())
                    .update();
        }
        jdbc.sql("UPDATE instance SET has_run = true WHERE id IN (SELECT instance FROM vm WHERE host = :host)")
                .param("host", host.value())
                .update();
    }

    private Instant deadline(InstanceState state) {
        return state == InstanceState.STOPPING
                ? deadlines.ofHibernation()
                : Objects.requireNonNull(deadlines.of(state));
    }

    /** Tells hosts of these instances. */
    public void put(Collection<InstanceId> ids) {
        documents.put(ids);
    }

    /** What the instances on a host take of it. */
    public List<Claim> claims(HostId host) {
        return jdbc.sql("""
            SELECT i.id, i.vcpus, i.memory_mib FROM instance i JOIN vm m ON m.instance = i.id
            WHERE m.host = :host AND i.state <> 'STOPPED' ORDER BY i.id
            """)
                .param("host", host.value())
                .query((row, _) -> new Claim(
                        new InstanceId(row.getString("id")),
                        new Resources(row.getInt("vcpus"), (long) row.getInt("memory_mib") << 20, 0)))
                .list();
    }
}
