package io.croft.controller.compute.instance;

import io.croft.controller.context.Instants;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.types.AccountId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The one way to change an instance's state: an update that the table of transitions guards, with its entry in the history. */
@Component
class InstanceStates {
    private static final DateTimeFormatter REASON_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Deadlines deadlines;
    private final History history;

    InstanceStates(JdbcClient jdbc, Clock clock, Deadlines deadlines, History history) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.deadlines = deadlines;
        this.history = history;
    }

    /** An instance whose state was changed. */
    record Moved(InstanceId id, AccountId account, InstanceState from, InstanceState to) {}

    /**
     * Why a state changes.
     *
     * @param reason what the tenant is told; null when there is nothing to tell
     * @param detail what the operator is told beyond that; empty for nothing
     */
    record Cause(@Nullable StateReason reason, String detail) {
        static final Cause NONE = new Cause(null, "");

        static Cause of(StateReason reason) {
            return new Cause(reason, "");
        }
    }

    /** Moves those of the instances on in whose states the event means something; the others are another writer's or past it. */
    List<Moved> move(Collection<InstanceId> ids, InstanceEvent event, Cause cause) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var moved = update(ids, event, cause.reason());
        moved.forEach(m -> InstanceTransitions.TABLE.visit(m.from(), event));
        history.record(moved.stream()
                .map(m -> new Happening(m.account(), m.id().value(), m.to().ec2Name(), told(cause)))
                .toList());
        return moved;
    }

    private static String told(Cause cause) {
        if (cause.reason() == null) {
            return cause.detail();
        }
        return cause.detail().isEmpty()
                ? cause.reason().message()
                : cause.reason().message() + " (" + cause.detail() + ")";
    }

    private List<Moved> update(Collection<InstanceId> ids, InstanceEvent event, @Nullable StateReason reason) {
        var table = InstanceTransitions.TABLE;
        var to = target(event);
        var now = clock.instant();
        var deadline = deadlines.of(to);
        return jdbc.sql("WITH old AS (SELECT id, state FROM instance WHERE id = ANY(:ids) AND "
                        + table.guard("state", event)
                        + " ORDER BY id FOR UPDATE) UPDATE instance i SET state = " + table.next("old.state", event)
                        + """
                        , state_since = :now, deadline = :deadline, reason_code = CASE WHEN :keeps THEN reason_code ELSE :code END,
                            reason_message = CASE WHEN :keeps THEN reason_message ELSE :message END,
                            transition_reason = CASE WHEN :keeps THEN transition_reason ELSE :transition END, has_run = has_run OR :runs,
                            launched = CASE WHEN :starts THEN :now ELSE launched END
                        FROM old WHERE i.id = old.id RETURNING i.id, i.account, old.state AS before, i.state
                        """)
                .param("ids", InstanceTable.values(ids))
                .param("now", Instants.column(now))
                .param("deadline", deadline == null ? null : Instants.column(deadline), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("keeps", keepsReason(event))
                .param("code", reason == null ? null : reason.code(), Types.VARCHAR)
                .param("message", reason == null ? null : reason.message(), Types.VARCHAR)
                .param("transition", transition(event, now))
                .param("runs", hasRun(event))
                .param("starts", event == InstanceEvent.START_REQUESTED)
                .query((row, _) -> new Moved(
                        new InstanceId(row.getString("id")),
                        new AccountId(row.getString("account")),
                        InstanceState.valueOf(row.getString("before")),
                        InstanceState.valueOf(row.getString("state"))))
                .list();
    }

    /** Whether the event proves that the guest has run, so that its volumes may hold data. */
    private static boolean hasRun(InstanceEvent event) {
        return switch (event) {
            case HOST_RUNS, GUEST_STOPPED, GUEST_ENDED -> true;
            case START_REQUESTED,
                    LAUNCH_FAILED,
                    START_FAILED,
                    STOP_REQUESTED,
                    HIBERNATION_FAILED,
                    HOST_STOPPED,
                    TERMINATE_REQUESTED,
                    HOST_PROVED_GONE,
                    HOST_AWAY -> false;
        };
    }

    /** The one state that the event leads to. */
    private static InstanceState target(InstanceEvent event) {
        var table = InstanceTransitions.TABLE;
        return table.sources(event).stream()
                .flatMap(s -> table.target(s, event).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(event + " leads nowhere"));
    }

    /** Whether the event only carries out what another one has given the reason for. */
    private static boolean keepsReason(InstanceEvent event) {
        return switch (event) {
            case HOST_STOPPED, HOST_PROVED_GONE, HOST_AWAY -> true;
            case START_REQUESTED,
                    HOST_RUNS,
                    LAUNCH_FAILED,
                    START_FAILED,
                    STOP_REQUESTED,
                    HIBERNATION_FAILED,
                    GUEST_STOPPED,
                    GUEST_ENDED,
                    TERMINATE_REQUESTED -> false;
        };
    }

    /** EC2's text for the last change, such as {@code User initiated (2026-11-21 08:00:00 GMT)}. */
    private static String transition(InstanceEvent event, Instant now) {
        return switch (event) {
            case STOP_REQUESTED, TERMINATE_REQUESTED -> "User initiated (" + REASON_TIME.format(now) + ")";
            case LAUNCH_FAILED, START_FAILED, HIBERNATION_FAILED -> "Server.InternalError";
            case GUEST_STOPPED, GUEST_ENDED -> "Client.InstanceInitiatedShutdown";
            case START_REQUESTED, HOST_RUNS, HOST_STOPPED, HOST_PROVED_GONE, HOST_AWAY -> "";
        };
    }
}
