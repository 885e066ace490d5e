package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.AccountHoldingResource;
import io.croft.rest.AccountResource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft account}. */
@Command(name = "account", addMethodSubcommands = false, description = "The tenants.")
final class AccountCommand {
    private static final List<Field<AccountResource>> FIELDS = List.of(
            new Field<>("ID", AccountResource::id),
            new Field<>("NAME", AccountResource::name),
            new Field<>("CREATED", AccountResource::created),
            new Field<>("ENABLED", AccountResource::enabled),
            new Field<>("STATE", AccountResource::state),
            new Field<>("WAITS FOR", AccountCommand::waitsFor));
    private static final List<Field<AccountHoldingResource>> HOLDING = List.of(
            new Field<>("TYPE", AccountHoldingResource::type),
            new Field<>("ID", AccountHoldingResource::id),
            new Field<>("DETAIL", AccountHoldingResource::detail));

    /** The first of what keeps a deletion from its end, and how many more. */
    private static @Nullable String waitsFor(AccountResource account) {
        var left = account.waitsFor();
        if (left.isEmpty()) {
            return null;
        }
        var first = left.getFirst();
        return first.id() + " (" + first.detail() + ")"
                + (left.size() == 1 ? "" : " and " + (left.size() - 1) + " more");
    }

    @Command(name = "create", description = "Makes an account, with its default network and a user, admin.")
    void create(
            @Mixin Session session,
            @Parameters(paramLabel = "NAME", description = "Unique; letters, digits and _.@-") String name) {
        session.show(session.client().createAccount(name), FIELDS);
    }

    @Command(name = "list", description = "Lists the accounts.")
    void list(
            @Mixin Session session,
            @Option(names = "--deleted", description = "The deleted ones, too.") boolean deleted) {
        session.list(session.client().accounts(deleted), FIELDS);
    }

    @Command(name = "show", description = "Shows one account.")
    void show(
            @Mixin Session session,
            @Mixin Waiting waiting,
            @Parameters(paramLabel = "ACCOUNT", description = "Its twelve digits.") String id) {
        var client = session.client();
        session.show(waiting.until(() -> client.account(id), AccountResource::state, Set.of("deleted")), FIELDS);
    }

    @Command(name = "holdings", description = "Lists what it has; of one that is being deleted, what is waited for.")
    void holdings(
            @Mixin Session session, @Parameters(paramLabel = "ACCOUNT", description = "Its twelve digits.") String id) {
        session.list(session.client().accountHoldings(id), HOLDING);
    }

    @Command(
            name = "delete",
            description = "Deletes an account that has nothing: its users, keys, tokens and sessions. Nobody gets its"
                    + " number again, and the records of what was done in it stay.")
    void delete(
            @Mixin Session session,
            @Option(
                            names = "--force",
                            description =
                                    "With all that it has, which is listed and to be confirmed. Instances, volumes"
                                            + " and their data are gone for good, whatever protects them.")
                    boolean force,
            @Option(names = "--yes", description = "With --force: do not ask.") boolean yes,
            @Parameters(paramLabel = "ACCOUNT", description = "Its twelve digits.") String id) {
        var client = session.client();
        if (force) {
            var account = client.account(id);
            confirm(session, account, client.accountHoldings(id), yes);
        }
        session.show(client.deleteAccount(id, force), FIELDS);
    }

    private static void confirm(
            Session session, AccountResource account, List<AccountHoldingResource> holdings, boolean yes) {
        session.note("The account " + account.id() + " (" + account.name() + ") goes"
                + (holdings.isEmpty() ? "; it has nothing." : " with:"));
        holdings.forEach(h -> session.note("  " + h.type() + " " + h.id() + "  " + h.detail()));
        if (!yes && !session.ask("Its number again, to delete it: ").equals(account.id())) {
            throw new CommandFailed("Nothing is deleted: that is not " + account.id() + ".");
        }
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
