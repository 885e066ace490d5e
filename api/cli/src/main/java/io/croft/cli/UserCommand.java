package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.NewUser;
import io.croft.rest.UserResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft user}. */
@Command(name = "user", addMethodSubcommands = false, description = "Who acts in an account.")
final class UserCommand {
    private static final List<Field<UserResource>> FIELDS = List.of(
            new Field<>("NAME", UserResource::name),
            new Field<>("ROLE", UserResource::role),
            new Field<>("ID", UserResource::id),
            new Field<>("ACCOUNT", UserResource::account),
            new Field<>("CREATED", UserResource::created));

    @Command(name = "create", description = "Makes a user, without keys or tokens yet.")
    void create(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Option(
                            names = "--role",
                            defaultValue = "reader",
                            description = "reader or admin; ${DEFAULT-VALUE} unless given.")
                    String role,
            @Parameters(paramLabel = "NAME", description = "Unique in the account.") String name) {
        session.show(session.client().createUser(tenant.account(), new NewUser(name, role)), FIELDS);
    }

    @Command(name = "list", description = "Lists an account's users.")
    void list(@Mixin Session session, @Mixin Tenant tenant) {
        session.list(session.client().users(tenant.account()), FIELDS);
    }

    @Command(name = "set-role", description = "Changes what a user's keys and tokens may do, at once.")
    void setRole(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "NAME", description = "The user.") String name,
            @Parameters(paramLabel = "ROLE", description = "reader or admin.") String role) {
        session.show(session.client().setRole(tenant.account(), name, role), FIELDS);
    }

    @Command(name = "delete", description = "Deletes a user with its keys and tokens, at once.")
    void delete(
            @Mixin Session session,
            @Mixin Tenant tenant,
            @Parameters(paramLabel = "NAME", description = "The user.") String name) {
        session.client().deleteUser(tenant.account(), name);
        session.done("User " + name + " is deleted.");
    }
}
