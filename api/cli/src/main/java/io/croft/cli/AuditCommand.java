package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.AuditEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code croft audit}. */
@Command(
        name = "audit",
        description = "Who asked for what, from where, and how it ended; newest first. In texts * and ? are wildcards.")
final class AuditCommand implements Runnable {
    private static final int PAGE = 1000;
    private static final List<Field<AuditEvent>> FIELDS = List.of(
            new Field<>("AT", AuditEvent::at),
            new Field<>("ACCOUNT", AuditEvent::account),
            new Field<>("PRINCIPAL", AuditEvent::principal),
            new Field<>("ACTION", AuditEvent::action),
            new Field<>("RESOURCE", e -> e.resource().isEmpty() ? null : e.resource()),
            new Field<>("FROM", AuditEvent::sourceAddress),
            new Field<>("OUTCOME", AuditEvent::outcome),
            new Field<>("REQUEST", AuditEvent::requestId));

    @Mixin
    private Session session = new Session();

    @Option(names = "--account", description = "Whose requests, twelve digits.")
    private @Nullable String account;

    @Option(names = "--principal", description = "Such as key/AKIA*.")
    private @Nullable String principal;

    @Option(names = "--action", description = "Such as ec2:RunInstances or ec2:Delete*.")
    private @Nullable String action;

    @Option(names = "--resource", description = "The id that the request was about.")
    private @Nullable String resource;

    @Option(names = "--outcome", description = "Success, or the error's name.")
    private @Nullable String outcome;

    @Option(names = "--refused", description = "Only requests that did not succeed.")
    private boolean refused;

    @Option(names = "--last", description = "Only from so long ago: 30m, 1h, 7d or PT1H30M.")
    private @Nullable Duration last;

    @Option(names = "--from", description = "No earlier than this moment: 2026-11-21T08:00:00Z.")
    private @Nullable String from;

    @Option(names = "--before", description = "Earlier than this moment.")
    private @Nullable String before;

    @Option(names = "--limit", defaultValue = "50", description = "Entries at most; ${DEFAULT-VALUE} unless given.")
    private int limit;

    @Override
    public void run() {
        var query = new HashMap<String, String>();
        put(query, "account", account);
        put(query, "principal", principal);
        put(query, "action", action);
        put(query, "resource", resource);
        put(query, "outcome", outcome);
        put(query, "refused", Boolean.toString(refused));
        put(
                query,
                "from",
                last == null ? from : Clock.systemUTC().instant().minus(last).toString());
        put(query, "before", before);
        var client = session.client();
        var found = new ArrayList<AuditEvent>();
        do {
            query.put("maxResults", Integer.toString(Math.min(PAGE, limit - found.size())));
            var page = client.audit(query);
            found.addAll(page.items());
            query.remove("nextToken");
            put(query, "nextToken", page.nextToken());
        } while (query.containsKey("nextToken") && found.size() < limit);
        session.list(found, FIELDS);
    }

    private static void put(Map<String, String> query, String name, @Nullable String value) {
        if (value != null) {
            query.put(name, value);
        }
    }
}
