package io.croft.controller.compute.operation;

import static java.util.stream.Collectors.joining;

import io.croft.controller.compute.instance.InstanceListing;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Instants;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.InstanceState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists what took instances a while, by the entries of the history that begin it: {@code h}, after the state {@code p}. Owns nothing. A launch of several instances is told once, by the first
 * of them that is shown.
 */
@Component
public class InstanceOperations {
    private static final String STATES = Arrays.stream(InstanceState.values())
            .map(s -> "'" + s.ec2Name() + "'")
            .collect(joining(", ", "(", ")"));

    private static final String FROM = "history h LEFT JOIN instance i ON i.id = h.resource_id AND "
            + InstanceListing.VISIBLE
            + " LEFT JOIN LATERAL (SELECT b.event FROM history b WHERE b.resource_id = h.resource_id AND b.account = h.account AND b.id < h.id AND b.event IN "
            + STATES + " ORDER BY b.id DESC LIMIT 1) p ON true";

    private static final String BEGINS = "h.event IN ('pending', 'stopping', 'shutting-down')";

    private static final String LAUNCHES = "(h.event = 'pending' AND p.event IS NULL)";

    private static final String KIND = "CASE WHEN " + LAUNCHES
            + " THEN 'launch' WHEN h.event = 'pending' THEN 'start' WHEN h.event = 'stopping' THEN 'stop' ELSE 'terminate' END";

    private static final String LAUNCHED_TOGETHER =
            "FROM instance o WHERE o.reservation = i.reservation AND " + InstanceListing.visible("o");

    private static final String TARGETS =
            "SELECT h.resource_id UNION SELECT o.id " + LAUNCHED_TOGETHER + " AND " + LAUNCHES;

    private static final String GOAL =
            "CASE h.event WHEN 'pending' THEN 'running' WHEN 'stopping' THEN 'stopped' ELSE 'terminated' END";

    private static final String STATE =
            "(SELECT CASE WHEN bool_or(e.event IS NULL) THEN 'running' WHEN bool_and(e.event = "
                    + GOAL + ") THEN 'succeeded' ELSE 'failed' END FROM (" + TARGETS
                    + ") AS t(id) LEFT JOIN LATERAL (SELECT n.event FROM history n WHERE n.resource_id = t.id AND n.account = h.account AND n.id > h.id AND n.event <> h.event AND n.event IN "
                    + STATES + " ORDER BY n.id LIMIT 1) e ON true)";

    private static final Listing LISTING = Listing.of("operations", FROM, "h.id::text")
            .visibleWhere("h.account = :account AND " + BEGINS + " AND p.event IS DISTINCT FROM h.event AND (NOT "
                    + LAUNCHES + " OR i.id IS NOT NULL AND NOT EXISTS (SELECT " + LAUNCHED_TOGETHER
                    + " AND o.launch_index < i.launch_index))")
            .newestFirst("h.id")
            .filter("kind", KIND)
            .filter("state", STATE)
            .filterAny("target", TARGETS);

    private final JdbcClient jdbc;

    InstanceOperations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Lists operations, the newest first: launches while their instances are shown, all else for as long as the history is kept. Filters: {@code kind}, {@code state}
     * ({@code running}, {@code succeeded}, {@code failed}) and {@code target}, the id of an instance.
     */
    @Transactional(readOnly = true)
    public Page<InstanceOperation> describe(Caller caller, Query query) {
        var page = LISTING.find(jdbc, caller.account(), query);
        return new Page<>(load(caller, page.items()), page.nextToken());
    }

    private List<InstanceOperation> load(Caller caller, List<String> entries) {
        return jdbc.sql("SELECT " + KIND + " AS kind, CASE WHEN " + LAUNCHES
                        + " THEN i.reservation ELSE h.resource_id END AS target, h.at FROM " + FROM
                        + " WHERE h.id = ANY(:entries) ORDER BY h.id DESC")
                .param("account", caller.account().value())
                .param("entries", entries.stream().map(Long::valueOf).toArray(Long[]::new))
                .query((row, _) -> new InstanceOperation(
                        OperationKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("target"),
                        Instants.of(row, "at")))
                .list();
    }
}
