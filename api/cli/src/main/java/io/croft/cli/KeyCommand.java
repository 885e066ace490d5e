package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.NewAccessKey;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code croft key}. */
@Command(name = "key", description = "The access keys that AWS's tools sign with.")
final class KeyCommand {
    private static final List<Field<NewAccessKey>> FIELDS = List.of(
            new Field<>("ACCESS KEY ID", NewAccessKey::accessKeyId),
            new Field<>("SECRET ACCESS KEY", NewAccessKey::secretAccessKey));

    @Command(name = "create", description = "Makes an access key. Its secret is shown this once.")
    void create(
            @Mixin Session session,
            @Option(names = "--account", required = true, description = "The account's twelve digits.")
                    String account) {
        session.show(session.client().createAccessKey(account), FIELDS);
    }
}
