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
        var standing = advance(host, report);
        if (standing.isEmpty()) {
            return epoch(host) > report.epoch() ? Verdict.STALE : Verdict.REPEATED;
        }
        heartbeats.note(host);
        var facts = report.facts();
        if (facts != null) {
            keep(host, facts);
        }
        judge(host, report.passed(), standing.get());
        return Verdict.TAKEN;
    }

    /**
     * What the host's next state is by.
     *
     * @param awaited whether a report changes the host's state. A host that never told its facts, nor does now, is not ready: nothing can be placed there
     * @param fence the host's
     */
    private record Standing(boolean awaited, long fence) {}

    /** Where the host stands once its report was found to be the newest; empty for another. */
    private Optional<Standing> advance(HostId host, ObservedReport report) {
        return jdbc.sql("""
                        UPDATE host_session s
                        SET epoch = :epoch, sequence = :sequence, boot_id = :boot, applied_revision = :applied, fence = :fence
                        FROM host h, (SELECT set_config('synchronous_commit', 'off', true)) AS hurry
                        WHERE s.host = :host AND h.id = s.host AND (epoch < :epoch OR (epoch = :epoch AND sequence < :sequence))
                        RETURNING h.state <> 'READY' AND (:told OR h.facts IS NOT NULL) AS awaited, h.fence AS raised
                        """)
                .param("host", host.value())
                .param("epoch", report.epoch())
                .param("sequence", report.sequence())
                .param("boot", report.bootId())
                .param("applied", report.appliedRevision())
                .param("fence", report.passed())
                .param("told", report.facts() != null)
                .query((row, _) -> new Standing(row.getBoolean("awaited"), row.getLong("raised")))
                .optional();
    }

    private void judge(HostId host, long passed, Standing standing) {
        if (passed > standing.fence()) {
            raise(host, passed);
        }
        if (!standing.awaited()) {
            return;
        }
        if (passed < standing.fence()) {
            waitForTheDisk();
            states.apply(host, HostEvent.RETURNED);
        } else {
            states.apply(host, HostEvent.REPORTED);
        }
    }

    /** That a host has come back may not be forgotten: what ends there is not free any more without its word. */
    private void waitForTheDisk() {
        jdbc.sql("SET LOCAL synchronous_commit TO DEFAULT").update();
    }

    /** The database is an older copy: the next fence must be a new one to the host. */
    private void raise(HostId host, long passed) {
        jdbc.sql("UPDATE host SET fence = :passed WHERE id = :host AND fence < :passed")
                .param("host", host.value())
                .param("passed", passed)
                .update();
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
