package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.ActionCoverage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code croft api}. */
@Command(name = "api", addMethodSubcommands = false, description = "What of AWS's APIs this controller serves.")
final class ApiCommand {
    private static final List<Field<ActionCoverage>> ROW = List.of(
            new Field<>("SERVICE", ActionCoverage::service),
            new Field<>("ACTION", ActionCoverage::action),
            new Field<>("SUPPORTED", a -> a.supported().size()),
            new Field<>("ACCEPTED", a -> a.accepted().size()),
            new Field<>("REFUSED", a -> a.refused().size()));
    private static final List<Field<ActionCoverage>> WHOLE = List.of(
            new Field<>("SERVICE", ActionCoverage::service),
            new Field<>("ACTION", ActionCoverage::action),
            new Field<>("SUPPORTED", a -> String.join(" ", a.supported())),
            new Field<>("ACCEPTED", a -> String.join(" ", a.accepted())),
            new Field<>("REFUSED", a -> String.join(" ", a.refused())));

    @Command(
            name = "coverage",
            description = "Lists the actions with how many of their parameters are served; with ACTION, which.")
    void coverage(
            @Mixin Session session,
            @Parameters(paramLabel = "ACTION", arity = "0..1", description = "Such as RunInstances.") @Nullable
                    String name) {
        var actions = session.client().apiCoverage();
        if (name == null) {
            session.list(actions, ROW);
            return;
        }
        session.show(
                actions.stream()
                        .filter(a -> a.action().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new CommandFailed(
                                "The action " + name + " is not served. See those that are: croft api coverage")),
                WHOLE);
    }
}
