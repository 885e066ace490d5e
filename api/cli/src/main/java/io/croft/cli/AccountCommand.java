package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.AccountResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code croft account}. */
@Command(name = "account", addMethodSubcommands = false, description = "The tenants.")
final class AccountCommand {
    private static final List<Field<AccountResource>> FIELDS = List.of(
            new Field<>("ID", AccountResource::id),
            new Field<>("NAME", AccountResource::name),
            new Field<>("CREATED", AccountResource::created),
            new Field<>("ENABLED", AccountResource::enabled));

    @Command(name = "create", description = "Makes an account, with its default network and a user, admin.")
    void create(
            @Mixin Session session,
            @Parameters(paramLabel = "NAME", description = "Unique; letters, digits and _.@-") String name) {
        session.show(session.client().createAccount(name), FIELDS);
    }

    @Command(name = "list", description = "Lists the accounts.")
    void list(@Mixin Session session) {
        session.list(session.client().accounts(), FIELDS);
    }

    @Command(name = "show", description = "Shows one account.")
    void show(
            @Mixin Session session, @Parameters(paramLabel = "ACCOUNT", description = "Its twelve digits.") String id) {
        session.show(session.client().account(id), FIELDS);
    }

    @Command(name = "disable", description = "Takes its keys and tokens out of use, at once. Its instances run on.")
    void disable(
            @Mixin Session session, @Parameters(paramLabel = "ACCOUNT", description = "Its twelve digits.") String id) {
        session.show(session.client().enableAccount(id, false), FIELDS);
    }

    @Command(name = "enable", description = "Takes its keys and tokens into use again.")
    void enable(
            @Mixin Session session, @Parameters(paramLabel = "ACCOUNT", description = "Its twelve digits.") String id) {
        session.show(session.client().enableAccount(id, true), FIELDS);
    }
}
