package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.SnapshotResource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code croft snapshot}. */
@Command(name = "snapshot", addMethodSubcommands = false, description = "Everybody's snapshots, and their store.")
final class SnapshotCommand {
    private static final int MIB = 1 << 20;

    private static final List<Field<SnapshotResource>> FIELDS = List.of(
            new Field<>("ID", SnapshotResource::snapshotId),
            new Field<>("ACCOUNT", SnapshotResource::account),
            new Field<>("VOLUME", SnapshotResource::volumeId),
            new Field<>("GIB", SnapshotResource::sizeGib),
            new Field<>("STATE", SnapshotResource::state),
            new Field<>("PROGRESS", SnapshotResource::progress),
            new Field<>("STARTED", SnapshotResource::started),
            new Field<>("REASON", SnapshotResource::reason));

    @Command(name = "list", description = "Lists the snapshots of all accounts.")
    void list(@Mixin Session session) {
        session.list(session.client().snapshots(), FIELDS);
    }

    @Command(name = "why", description = "Prints what happened to it, also to one that is gone.")
    void why(@Mixin Session session, @Parameters(paramLabel = "SNAPSHOT", description = "Its id.") String snapshot) {
        session.list(session.client().history(snapshot), InstanceCommand.EVENT);
    }

    @Command(
            name = "sweep",
            description = "Gives back what the store keeps for no snapshot. What a manifest names stays, also of a"
                    + " snapshot that the database does not know.")
    void sweep(
            @Mixin Session session,
            @Option(names = "--dry-run", description = "Only say what would go.") boolean dryRun) {
        var sweep = session.client().sweepSnapshots(dryRun);
        sweep.left().forEach(session::note);
        session.done((dryRun ? "Would remove " : "Removed ") + sweep.packs() + " packs: " + sweep.freedBytes() / MIB
                + " MiB free, " + sweep.rewrittenBytes() / MIB + " MiB written anew.");
    }
}
