package io.croft.controller.history;

import io.croft.controller.context.Instants;
import io.croft.types.AccountId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What happened to each resource; read by {@code croft ... why}. */
@Component
public class History {
    /** The event of a launch or start that no host could take; its detail has each host's reason. */
    public static final String PLACEMENT_REFUSED = "placement refused";

    private static final int LONGEST = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    History(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes happenings, all at the present instant, in the caller's transaction. */
    public void record(List<Happening> happenings) {
        if (happenings.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO history (account, resource_id, at, event, detail)
                        SELECT account, resource_id, :now, event, detail
                        FROM unnest(:accounts, :resources, :events, :details) AS h(account, resource_id, event, detail)
                        """)
                .param("now", Instants.column(clock.instant()))
                .param("accounts", column(happenings, h -> h.account().value()))
                .param("resources", column(happenings, Happening::resourceId))
                .param("events", column(happenings, Happening::event))
                .param("details", column(happenings, Happening::detail))
                .update();
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private record Row(Instant at, String event, String detail) {}

    /** A resource's entries, oldest first, at most 1000; empty for a resource that the account has never had. */
    public List<HistoryEntry> of(AccountId account, String resourceId) {
        var rows = jdbc.sql("""
                        SELECT at, event, detail FROM history
                        WHERE resource_id = :id AND account = :account ORDER BY id LIMIT :longest
                        """)
                .param("id", resourceId)
                .param("account", account.value())
                .param("longest", LONGEST)
                .query((row, _) -> new Row(Instants.of(row, "at"), row.getString("event"), row.getString("detail")))
                .list();
        var entries = new ArrayList<HistoryEntry>();
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var before = rows.get(Math.max(0, i - 1)).at();
            entries.add(new HistoryEntry(row.at(), row.event(), row.detail(), Duration.between(before, row.at())));
        }
        return entries;
    }

    /**
     * How phases of resources went, in their order. A phase begins with the first entry of its event that is not before its moment, and ends with the next entry of another of the events.
     *
     * @param events those that begin or end phases
     */
    public List<Phase> phases(AccountId account, List<PhaseStart> starts, Set<String> events) {
        return jdbc.sql("""
                        SELECT b.at AS began, e.at AS ended, e.event AS next
                        FROM unnest(:resources, :begins, CAST(:moments AS timestamptz[])) WITH ORDINALITY AS p(resource_id, event, since, place)
                        LEFT JOIN LATERAL (
                            SELECT h.id, h.at FROM history h
                            WHERE h.resource_id = p.resource_id AND h.account = :account AND h.event = p.event AND h.at >= p.since
                            ORDER BY h.id LIMIT 1
                        ) b ON true
                        LEFT JOIN LATERAL (
                            SELECT h.at, h.event FROM history h
                            WHERE h.resource_id = p.resource_id AND h.account = :account AND h.id > b.id
                                AND h.event = ANY(:events) AND h.event <> p.event
                            ORDER BY h.id LIMIT 1
                        ) e ON true
                        ORDER BY p.place
                        """)
                .param("account", account.value())
                .param("resources", column(starts, PhaseStart::resourceId))
                .param("begins", column(starts, PhaseStart::event))
                .param("moments", column(starts, s -> s.since().toString()))
                .param("events", events.toArray(String[]::new))
                .query((row, _) -> new Phase(
                        Instants.ofNullable(row, "began"), Instants.ofNullable(row, "ended"), row.getString("next")))
                .list();
    }

    /** The newest refusals of placement over all accounts, newest first, at most {@code limit}. For the operator. */
    public List<Occurrence> refusals(int limit) {
        return jdbc.sql("""
                        SELECT account, resource_id, at, event, detail FROM history
                        WHERE event = 'placement refused' ORDER BY id DESC LIMIT :limit
                        """)
                .param("limit", limit)
                .query((row, _) -> new Occurrence(
                        Instants.of(row, "at"),
                        new Happening(
                                new AccountId(row.getString("account")),
                                row.getString("resource_id"),
                                row.getString("event"),
                                row.getString("detail"))))
                .list();
    }

    /** Forgets what is older; returns how many entries. */
    int forgetBefore(Instant limit) {
        return jdbc.sql("DELETE FROM history WHERE at < :limit")
                .param("limit", Instants.column(limit))
                .update();
    }
}
