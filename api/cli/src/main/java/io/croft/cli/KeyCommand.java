package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.AccessKeyResource;
import io.croft.rest.NewAccessKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft key}. */
@Command(name = "key", addMethodSubcommands = false, description = "The access keys that AWS's tools sign with.")
final class KeyCommand {
    private static final List<Field<NewAccessKey>> NEW = List.of(
            new Field<>("ACCESS KEY ID", NewAccessKey::accessKeyId),
            new Field<>("SECRET ACCESS KEY", NewAccessKey::secretAccessKey));
    private static final List<Field<AccessKeyResource>> FIELDS = List.of(
            new Field<>("ACCESS KEY ID", AccessKeyResource::accessKeyId),
            new Field<>("USER", AccessKeyResource::user),
            new Field<>("ROLE", AccessKeyResource::role),
            new Field<>("ACTIVE", AccessKeyResource::active),
            new Field<>("CREATED", AccessKeyResource::created));

    @Command(name = "create", description = "Makes an access key. Its secret is shown this once.")
    void create(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Option(names = "--user", description = "Whose; the user that the account started with unless given.")
                    @Nullable
                    String user) {
        session.show(session.client().createAccessKey(tenant.account(), user), NEW);
    }

    @Command(name = "list", description = "Lists an account's keys.")
    void list(@Mixin Session session, @Mixin Tenant tenant) {
        session.list(session.client().accessKeys(tenant.account()), FIELDS);
    }

    @Command(
            name = "disable",
            description = "Takes a key out of use, at once, and ends the temporary keys that stand for it.")
    void disable(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "KEY", description = "Its id.") String key) {
        session.client().enableAccessKey(tenant.account(), key, false);
        session.done("Key " + key + " is out of use.");
    }

    @Command(name = "enable", description = "Takes a key into use again.")
    void enable(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "KEY", description = "Its id.") String key) {
        session.client().enableAccessKey(tenant.account(), key, true);
        session.done("Key " + key + " is in use.");
    }

    @Command(name = "delete", description = "Deletes a key, at once.")
    void delete(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "KEY", description = "Its id.") String key) {
        session.client().deleteAccessKey(tenant.account(), key);
        session.done("Key " + key + " is deleted.");
    }
}
