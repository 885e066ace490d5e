package io.croft.cli;

import io.croft.cli.Session.Field;
import io.croft.rest.HealthFinding;
import io.croft.rest.backup.BackupManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code croft backup}. */
@Command(
        name = "backup",
        addMethodSubcommands = false,
        description = {
            "Writes an archive of the controller as it is now: its database, master key, authority and settings,"
                    + " encrypted; and copies the blobs that are not in the directory yet.",
            "The archive is read again before it appears. Where it cannot be finished, nothing of it stays."
        })
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long KIB = 1L << 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Session session = new Session();

    @Mixin
    private ArchiveKeyOptions keys = new ArchiveKeyOptions();

    @Option(names = "--to", paramLabel = "DIRECTORY", description = "Where the archives are; it is made, mode 0700.")
    private @Nullable Path to;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Afterwards remove all archives but the newest N, and the blobs that none of these needs.")
    private @Nullable Integer keep;

    /** What was done. */
    private record Done(String archive, String taken, long bytes, int blobs, int copied, int removed) {
        private static final List<Field<Done>> FIELDS = List.of(
                new Field<>("ARCHIVE", Done::archive),
                new Field<>("TAKEN", Done::taken),
                new Field<>("SIZE", d -> (d.bytes() + KIB - 1) / KIB + " KiB"),
                new Field<>("BLOBS", d -> d.blobs() + ", " + d.copied() + " of them copied now"),
                new Field<>("OLD ARCHIVES REMOVED", Done::removed));
    }

    @Override
    public Integer call() throws IOException {
        if (to == null) {
            throw wrong("Missing required option: '--to=DIRECTORY'");
        }
        if (keep != null && keep < 1) {
            throw wrong("--keep is 1 or more");
        }
        var client = session.confidentialClient();
        var key = keys.forNew(to);
        try (var folder = BackupFolder.open(to)) {
            var file = folder.archive(MOMENT.format(Clock.systemUTC().instant()));
            var held = new ArrayList<BackupManifest>();
            var blobs = new ArrayList<BackupFolder.Copied>();
            SafeFile.write(
                    file,
                    out -> {
                        var sealing = SealedArchive.seal(key, out);
                        client.takeBackup(in -> in.transferTo(sealing));
                        sealing.finish();
                    },
                    written -> {
                        held.add(new ArchiveFile(written, key).check());
                        blobs.add(folder.copyBlobs(client, held.getFirst().blobs()));
                    });
            var copied = blobs.getFirst();
            var removed = keep == null ? 0 : folder.retain(keep, file, key);
            var manifest = held.getFirst();
            session.show(
                    new Done(
                            file.toString(),
                            manifest.taken(),
                            Files.size(file),
                            manifest.blobs().size(),
                            copied.copied(),
                            removed),
                    Done.FIELDS);
            client.keepBackup(manifest.taken());
            if (!copied.missing().isEmpty()) {
                throw new CommandFailed("the controller has not got the bytes of " + String.join(", ", copied.missing())
                        + ": the archive is there, these blobs are not. See: croft doctor");
            }
            return ExitCode.DONE;
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
    }

    @Command(
            name = "verify",
            description = {
                "Reads an archive whole, has the controller put it into a scratch schema and examine it there, and"
                        + " checks the blobs beside it.",
                "Nothing of it stays; fails when it could not be restored."
            })
    void verify(
            @Mixin Session session,
            @Mixin ArchiveKeyOptions keys,
            @Parameters(paramLabel = "FILE", description = "The archive.") Path file)
            throws IOException {
        var client = session.confidentialClient();
        var archive = new ArchiveFile(file, keys.existing());
        var manifest = archive.check();
        var findings = new ArrayList<>(client.verifyBackup(archive::open));
        findings.add(blobs(archive.folder(), manifest));
        Findings.tell(session, findings);
    }

    private static HealthFinding blobs(Path folder, BackupManifest manifest) throws IOException {
        var bad = new ArrayList<String>();
        for (var blob : manifest.blobs()) {
            if (!BackupFolder.holds(folder, blob)) {
                bad.add(BackupFolder.hex(blob));
            }
        }
        var all = manifest.blobs().size();
        return bad.isEmpty()
                ? new HealthFinding("blobs", "ok", "all " + all + " are beside it, with their digests", null)
                : new HealthFinding(
                        "blobs",
                        "fail",
                        bad.size() + " of " + all + " are missing or changed: " + String.join(", ", bad),
                        "Remove those that are changed, and run croft backup into this directory while the controller has them");
    }
}
