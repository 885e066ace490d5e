package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.SessionResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code croft session}. */
@Command(
        name = "session",
        addMethodSubcommands = false,
        description = "The temporary keys that GetSessionToken hands out.")
final class SessionCommand {
    private static final List<Field<SessionResource>> FIELDS = List.of(
            new Field<>("ID", SessionResource::sessionId),
            new Field<>("FOR KEY", SessionResource::accessKeyId),
            new Field<>("USER", SessionResource::user),
            new Field<>("ISSUED", SessionResource::issued),
            new Field<>("EXPIRES", SessionResource::expires),
            new Field<>("ENDED", SessionResource::ended));

    @Command(name = "list", description = "Lists an account's temporary keys whose time is not up yet.")
    void list(@Mixin Session session, @Mixin Tenant tenant) {
        session.list(session.client().sessions(tenant.account()), FIELDS);
    }

    @Command(
            name = "end",
            description = {
                "Ends one temporary key, at once; the lasting key it stands for and its other temporary keys stay in"
                        + " use.",
                "The audit trail has its id behind that of its key, also where the list does not know it."
            })
    void end(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "SESSION", description = "The temporary key's id, ASIA...") String id) {
        session.client().endSession(tenant.account(), id);
        session.done("Session " + id + " is ended.");
    }
}
