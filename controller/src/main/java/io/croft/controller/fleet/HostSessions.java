package io.croft.controller.fleet;

import io.croft.controller.context.Instants;
import io.croft.protocol.HostFacts;
import io.croft.protocol.ObservedReport;
import io.croft.types.HostId;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which reports count.
 *
 * <p>The sessions in PostgreSQL: one guarded update decides whether a report is the newest.
 */
@Component
public class HostSessions {
    /** What becomes of a report. */
    public enum Verdict {
        /** It is the newest: go on with it. */
        TAKEN,
        /** One as new was taken before: leave it. */
        REPEATED,
        /** It is of an agent that has been started again since: refuse it. */
        STALE
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Heartbeats heartbeats;
    private final HostStates states;
    private final Capacity capacity;
    private final AgentMeters agents;
    private final Clock clock;

    HostSessions(
            JdbcClient jdbc,
            JsonMapper json,
            Heartbeats heartbeats,
            HostStates states,
            Capacity capacity,
            AgentMeters agents,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.heartbeats = heartbeats;
        this.states = states;
        this.capacity = capacity;
        this.agents = agents;
        this.clock = clock;
    }

    /**
     * Takes note of a report, before anything is made of it: that the host lives, what its facts are, and how far it is. In a transaction of its own, which need not
     * reach the disk: the host repeats in its next full report what a crash of the database takes.
     */
    @Transactional
    public Verdict take(HostId host, ObservedReport report) {
        var awaited = advance(host, report);
        if (awaited.isEmpty()) {
            return epoch(host) > report.epoch() ? Verdict.STALE : Verdict.REPEATED;
        }
        heartbeats.note(host);
        var facts = report.facts();
        if (facts != null) {
            keep(host, facts);
        }
        if (awaited.get()) {
            states.apply(host, HostEvent.REPORTED);
        }
        return Verdict.TAKEN;
    }

    /** Whether a report that is the newest changes the host's state; empty for another. A host that never told its facts, nor does now, is not ready: nothing can be placed there. */
    private Optional<Boolean> advance(HostId host, ObservedReport report) {
        return jdbc.sql("""
                        UPDATE host_session s
                        SET epoch = :epoch, sequence = :sequence, boot_id = :boot, applied_revision = :applied
                        FROM (SELECT set_config('synchronous_commit', 'off', true)) AS hurry
                        WHERE host = :host AND (epoch < :epoch OR (epoch = :epoch AND sequence < :sequence))
                        RETURNING (SELECT h.state <> 'READY' AND (:told OR h.facts IS NOT NULL) FROM host h WHERE h.id = s.host)
                        """)
                .param("host", host.value())
                .param("epoch", report.epoch())
                .param("sequence", report.sequence())
                .param("boot", report.bootId())
                .param("applied", report.appliedRevision())
                .param("told", report.facts() != null)
                .query(Boolean.class)
                .optional();
    }

    private long epoch(HostId host) {
        return jdbc.sql("SELECT epoch FROM host_session WHERE host = :host")
                .param("host", host.value())
                .query(Long.class)
                .single();
    }

    private void keep(HostId host, HostFacts facts) {
        var now = clock.instant();
        jdbc.sql("UPDATE host SET facts = :facts::jsonb, last_heard = :now, clock_skew = :skew WHERE id = :host")
                .param("host", host.value())
                .param("facts", json.writeValueAsString(facts))
                .param("now", Instants.column(now))
                .param("skew", skew(facts, now), Types.BIGINT)
                .update();
        capacity.resize(host, facts);
        agents.note(facts);
    }

    private static @Nullable Long skew(HostFacts facts, Instant now) {
        var health = facts.health();
        return health == null
                ? null
                : Duration.between(now, Instant.parse(health.clock())).toMillis();
    }
}
