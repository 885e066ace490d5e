package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.client.CroftClient;
import io.croft.rest.backup.BackupManifest;
import io.croft.rest.restore.RestoreLineResource;
import io.croft.rest.restore.RestoreResource;
import io.croft.rest.restore.RestoreResource.FrozenResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code croft restore}. */
@Command(
        name = "restore",
        addMethodSubcommands = false,
        description = {
            "Puts an older database back into service: an archive of croft backup, or one that was restored by other"
                    + " means, is put right with what the hosts have."
        })
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

    @Spec
    private @Nullable CommandSpec spec;

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    @Command(
            name = "load",
            description = {
                "Puts an archive in the place of the controller's database, master key and authority, all or nothing;"
                        + " also into a controller that was made anew.",
                "The controller starts anew with it and changes nothing on any host until croft restore apply. What"
                        + " was revoked since stays revoked, the audit trail goes on, and the operator's token stays this"
                        + " controller's own."
            })
    void load(
            @Mixin Session session,
            @Mixin ArchiveKeyOptions keys,
            @Option(names = "--yes", description = "Do it: what the database has and the archive has not is lost.")
                    boolean yes,
            @Option(names = "--without-blobs", description = "Also when blobs that it needs are not beside it.")
                    boolean withoutBlobs,
            @Parameters(paramLabel = "FILE", description = "The archive.") Path file)
            throws IOException {
        if (!yes) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "It replaces the controller's database: give --yes, after croft backup verify");
        }
        var client = session.confidentialClient();
        var archive = new ArchiveFile(file, keys.existing());
        var manifest = archive.check();
        giveBlobs(session, client, archive.folder(), manifest, withoutBlobs);
        var loaded = client.loadBackup(archive::open);
        Findings.tell(session, loaded.findings());
        session.done("The controller starts anew with the archive of " + loaded.taken() + ". Then: croft restore plan");
    }

    /** Before the load, so that the database never knows of bytes that are not there. */
    private static void giveBlobs(
            Session session, CroftClient client, Path folder, BackupManifest manifest, boolean withoutBlobs)
            throws IOException {
        var there = new HashSet<>(client.blobs());
        var absent = new ArrayList<String>();
        for (var blob : manifest.blobs()) {
            var hex = BackupFolder.hex(blob);
            if (there.contains(blob.digest())) {
                continue;
            }
            var bytes = BackupFolder.blob(folder, hex);
            if (Files.notExists(bytes)) {
                absent.add(hex);
                continue;
            }
            try (var progress = new Progress(session.err(), Progress.onTerminal(), "Uploading", blob.sizeBytes())) {
                client.putBlob(hex, bytes, progress::at);
            }
        }
        if (!absent.isEmpty() && !withoutBlobs) {
            throw new CommandFailed(
                    "neither the controller nor " + folder + " has the blobs " + String.join(", ", absent)
                            + ": put them there, or give --without-blobs; their images cannot be launched then");
        }
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
