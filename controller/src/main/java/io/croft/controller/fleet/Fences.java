package io.croft.controller.fleet;

import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The fence of each host: a number that proof of the host's death raises, and nothing else. From then on until the host speaks again, what ends on it is free without its own word. Before it is
 * told anything it counts as {@code RETURNING}, and what ends there waits for its word again; all that ended before is in the first that it is told, beside the number, and ends there first.
 *
 * <p>The fence in PostgreSQL: who frees something shares the host's row while it is {@code DEAD}, and the host's return takes it alone, so the one is before the other.
 */
@Component
public class Fences {
    private final JdbcClient jdbc;
    private final HostStates states;
    private final Heartbeats heartbeats;

    Fences(JdbcClient jdbc, HostStates states, Heartbeats heartbeats) {
        this.jdbc = jdbc;
        this.states = states;
        this.heartbeats = heartbeats;
    }

    private record Standing(HostState state, boolean awaited) {}

    /**
     * Takes it for proved that nothing of the host runs or answers. Said again of a host that has not come back since, it does nothing.
     *
     * @throws CloudException NotFound; IncorrectState for a host that does not count as away, or that a restore awaits
     */
    @Transactional
    public void confirmDead(HostId host) {
        var standing = jdbc.sql(
                        "SELECT state, EXISTS (SELECT FROM host_recovery r WHERE r.host = h.id) AS awaited FROM host h"
                                + " WHERE id = :host")
                .param("host", host.value())
                .query((row, _) -> new Standing(HostState.valueOf(row.getString("state")), row.getBoolean("awaited")))
                .optional()
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no host " + host + "."));
        if (standing.awaited()) {
            throw refused(host, "it waits to be merged after a restore, see croft restore status.");
        }
        if (standing.state() == HostState.DEAD) {
            return;
        }
        if (!states.apply(host, HostEvent.PROVED_DEAD)) {
            throw refused(
                    host,
                    "it is " + standing.state() + ", and only one that counts as away, UNREACHABLE, can be dead.");
        }
        jdbc.sql("UPDATE host SET fence = fence + 1 WHERE id = :host")
                .param("host", host.value())
                .update();
    }

    private static CloudException refused(HostId host, String why) {
        return new CloudException(ErrorCode.INCORRECT_STATE, "The host " + host + " is not confirmed dead: " + why);
    }

    /** The host speaks again: from the end of this transaction on, nothing that ends on it is free without its word. To be called before it is told anything. */
    @Transactional
    public void returned(HostId host) {
        if (isDead(host) && states.apply(host, HostEvent.RETURNED)) {
            heartbeats.note(host);
        }
    }

    private boolean isDead(HostId host) {
        return jdbc.sql("SELECT state = 'DEAD' FROM host WHERE id = :host")
                .param("host", host.value())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    /** The fence of a host that is proved dead, which it stays until the caller's transaction ends; empty for any other. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Long> hold(HostId host) {
        return jdbc.sql("""
                        SELECT fence FROM host h WHERE id = :host AND state = 'DEAD'
                            AND NOT EXISTS (SELECT FROM host_recovery r WHERE r.host = h.id) FOR SHARE OF h
                        """).param("host", host.value()).query(Long.class).optional();
    }

    /** The hosts that are proved dead and have not come back, without those that a restore awaits. */
    public List<HostId> dead() {
        return jdbc.sql("""
                        SELECT id FROM host h WHERE state = 'DEAD'
                            AND NOT EXISTS (SELECT FROM host_recovery r WHERE r.host = h.id) ORDER BY id
                        """).query((row, _) -> new HostId(row.getString("id"))).list();
    }
}
