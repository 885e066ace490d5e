package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.IssuedToken;
import io.croft.rest.NewToken;
import io.croft.rest.TokenResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft token}. */
@Command(name = "token", addMethodSubcommands = false, description = "The bearer tokens of the REST APIs.")
final class TokenCommand {
    private static final List<Field<IssuedToken>> NEW =
            List.of(new Field<>("NAME", IssuedToken::name), new Field<>("TOKEN", IssuedToken::token));
    private static final List<Field<TokenResource>> FIELDS = List.of(
            new Field<>("NAME", TokenResource::name),
            new Field<>("USER", TokenResource::user),
            new Field<>("ROLE", TokenResource::role),
            new Field<>("CREATED", TokenResource::created));

    @Command(name = "create", description = "Makes a token. It is shown this once.")
    void create(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Option(names = "--user", required = true, description = "Whose; the token may do what its user may.")
                    String user,
            @Parameters(paramLabel = "NAME", description = "What it is for; unique in the account.") String name) {
        session.show(session.client().issueToken(tenant.account(), new NewToken(user, name)), NEW);
    }

    @Command(name = "list", description = "Lists an account's tokens.")
    void list(@Mixin Session session, @Mixin Tenant tenant) {
        session.list(session.client().tokens(tenant.account()), FIELDS);
    }

    @Command(name = "delete", description = "Ends a token, at once.")
    void delete(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name) {
        session.client().revokeToken(tenant.account(), name);
        session.done("Token " + name + " is ended.");
    }
}
