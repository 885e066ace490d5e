package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.RestoreLineResource;
import io.croft.rest.RestoreResource;
import io.croft.rest.RestoreResource.FrozenResource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft restore}. */
@Command(
        name = "restore",
        addMethodSubcommands = false,
        description = "Puts a controller's restored database right with what its hosts have.")
final class RestoreCommand {
    private static final List<Field<RestoreLineResource>> LINE = List.of(
            new Field<>("RESOURCE", RestoreLineResource::resource),
            new Field<>("ACTION", RestoreLineResource::action),
            new Field<>("HOST", RestoreLineResource::host),
            new Field<>("REASON", RestoreLineResource::reason));
    private static final List<Field<RestoreResource>> WHOLE = List.of(
            new Field<>("STATE", RestoreResource::state),
            new Field<>("ERA", RestoreResource::era),
            new Field<>("REASON", RestoreResource::reason),
            new Field<>("SINCE", RestoreResource::since),
            new Field<>("SPOKEN", r -> names(r.spoken())),
            new Field<>("SILENT", r -> names(r.silent())),
            new Field<>(
                    "FROZEN",
                    r -> names(r.frozen().stream().map(FrozenResource::id).toList())));
    private static final List<Field<FrozenResource>> FROZEN = List.of(
            new Field<>("ID", FrozenResource::id),
            new Field<>("HOSTS", f -> names(f.hosts())),
            new Field<>("SINCE", FrozenResource::since),
            new Field<>("REASON", FrozenResource::reason));

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    @Command(name = "status", description = "Says whether the controller serves or reconciles, and for whom it waits.")
    void status(@Mixin Session session) {
        session.show(session.client().restore(), WHOLE);
    }

    @Command(
            name = "begin",
            description =
                    "Compares the database that runs now with its hosts: until croft restore apply nothing is changed,"
                            + " and what runs goes on.")
    void begin(
            @Mixin Session session,
            @Option(names = "--reason", required = true, description = "Why, for whoever looks.") String reason) {
        session.show(session.client().beginRestore(reason), WHOLE);
    }

    @Command(name = "plan", description = "Shows every line of what croft restore apply would do now.")
    void plan(@Mixin Session session, @Mixin Disbelief disbelief) {
        session.list(session.client().restorePlan(disbelief.without), LINE);
    }

    /** Whom not to believe. */
    static final class Disbelief {
        @Option(
                names = "--without",
                paramLabel = "HOST",
                description =
                        "Leaves out what this host says, by its id; may be given several times. It is told nothing"
                                + " and its share stays as it is, until croft restore apply without this.")
        List<String> without = List.of();
    }

    @Command(
            name = "apply",
            description =
                    "Merges what the hosts have told into the database and serves again. Removes nothing that the plan"
                            + " does not name.")
    void apply(
            @Mixin Session session,
            @Option(
                            names = "--without-silent",
                            description =
                                    "Goes on although hosts have not told what they have: their shares stay as they"
                                            + " are until they have, and this is run again.")
                    boolean withoutSilent,
            @Mixin Disbelief disbelief) {
        session.list(
                session.client().applyRestore(withoutSilent, disbelief.without).lines(), LINE);
    }

    @Command(name = "frozen", description = "Lists what stays as it is until you decide.")
    void frozen(@Mixin Session session) {
        session.list(session.client().restore().frozen(), FROZEN);
    }

    /** One way out. */
    static final class Way {
        @Option(names = "--stopped", description = "It is stopped, on the host that has its volumes.")
        boolean stopped;

        @Option(
                names = "--terminated",
                description = "It is terminated; a host that has something of it removes that, its data too.")
        boolean terminated;

        @Option(names = "--as-on", paramLabel = "HOST", description = "It is as this host has it; by the host's id.")
        @Nullable
        String host;

        String choice() {
            return Stream.of(stopped ? "stopped" : "", terminated ? "terminated" : "", "host")
                    .filter(c -> !c.isEmpty())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Command(
            name = "decide",
            description = "Decides about something frozen. Its hosts are asked again what they have; croft restore plan"
                    + " shows what comes of it, and croft restore apply does it.")
    void decide(
            @Mixin Session session,
            @ArgGroup(multiplicity = "1") Way way,
            @Parameters(paramLabel = "ID", description = "An instance or a volume.") String id) {
        session.show(session.client().decideRestore(id, way.choice(), way.host), WHOLE);
    }
}
