package io.croft.controller.backup;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.context.BackupPart;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.StateDirectory;
import io.croft.controller.recovery.Recovery;
import io.croft.rest.BlobResource;
import io.croft.rest.backup.BackupManifest;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Archives of the database, the authority, the master key and the settings. */
@Repository
public class Backups {
    /**
     * A load that happened.
     *
     * @param taken when the archive was taken
     */
    public record Loaded(Instant taken, List<Finding> findings) {
        public Loaded {
            findings = List.copyOf(findings);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    private final Flyway flyway;
    private final DataSource database;
    private final JdbcClient jdbc;
    private final BackupTable backups;
    private final List<BackupPart> parts;
    private final Blobs blobs;
    private final Settings settings;
    private final StateDirectory directory;
    private final StagedFiles staged;
    private final Restart restart;
    private final Recovery recovery;
    private final Clock clock;
    private final TransactionTemplate snapshot;
    private final TransactionTemplate transaction;

    Backups(
            Flyway flyway,
            DataSource database,
            JdbcClient jdbc,
            BackupTable backups,
            List<BackupPart> parts,
            Blobs blobs,
            Settings settings,
            StateDirectory directory,
            StagedFiles staged,
            Restart restart,
            Recovery recovery,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.flyway = flyway;
        this.database = database;
        this.jdbc = jdbc;
        this.backups = backups;
        this.parts = parts;
        this.blobs = blobs;
        this.settings = settings;
        this.directory = directory;
        this.staged = staged;
        this.restart = restart;
        this.recovery = recovery;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /** An archive that was being read when a controller died has every key's row a second time, for whoever dumps the database. */
    @EventListener(ApplicationReadyEvent.class)
    void sweep() {
        transaction.executeWithoutResult(_ -> ScratchSchema.sweep(jdbc));
    }

    /**
     * Writes an archive of this moment. It is not encrypted: whoever receives it has to.
     *
     * @throws IOException when {@code out} does not take it; what was written has no end then
     * @throws io.croft.controller.context.CloudException Conflict while an archive is being read, Unavailable when the database does not answer
     */
    public void write(OutputStream out) throws IOException {
        var taken = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        try {
            snapshot.executeWithoutResult(_ -> {
                ScratchSchema.holdOff(jdbc);
                write(taken, out);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Notes that an archive of this controller was read again and is durable: only now it counts as a backup. Told again, nothing changes.
     *
     * @param taken the archive's own moment
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when that is yet to come
     */
    public void kept(Caller caller, Instant taken) {
        if (taken.isAfter(clock.instant())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "No archive was taken at " + taken + ", which is yet to come.");
        }
        backups.kept(taken, caller.principal());
    }

    private void write(Instant taken, OutputStream out) {
        var tables = SchemaTables.of(jdbc, SchemaTables.current(jdbc));
        var rows = new TableRows(database);
        var archive = new ArchiveWriter(out);
        try {
            archive.manifest(new BackupManifest(
                    BackupManifest.FORMAT,
                    taken.toString(),
                    ScratchSchema.applied(flyway),
                    tables.tables(),
                    tables.sequences(),
                    blobs.all().stream()
                            .map(b -> new BlobResource(b.digest().toString(), b.size()))
                            .toList(),
                    settings.read()));
            for (var file : ownFiles().entrySet()) {
                archive.file(file.getKey(), file.getValue());
            }
            for (var table : tables.tables()) {
                archive.table(table.name(), to -> rows.copyOut(tables, table, to));
            }
            archive.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, byte[]> ownFiles() {
        return parts.stream()
                .flatMap(p -> p.files().stream())
                .collect(Collectors.toMap(
                        name -> name,
                        name -> directory
                                .read(name)
                                .orElseThrow(
                                        () -> new IllegalStateException(name + " is missing in the state directory")),
                        (a, _) -> a,
                        TreeMap::new));
    }

    /**
     * Reads an archive into a scratch schema, examines it there and drops the schema.
     *
     * @throws io.croft.controller.context.CloudException InvalidParameterValue when it is damaged, cut short or of a newer controller, Conflict while another is being taken or read
     */
    public List<Finding> verify(InputStream archive) {
        var reader = new ArchiveReader(archive);
        var manifest = reader.manifest();
        try (var scratch = ScratchSchema.at(manifest.migrations(), flyway, jdbc, database)) {
            return read(manifest, reader, scratch);
        }
    }

    /** Fills the scratch schema, brings it up to date and looks at what is in it. */
    private List<Finding> read(BackupManifest manifest, ArchiveReader reader, ScratchSchema scratch) {
        var taken = taken(manifest);
        transaction.executeWithoutResult(_ -> new TableRows(database).fill(jdbc, manifest, reader));
        requireKnownFiles(reader.files().keySet());
        scratch.bringUpToDate();
        var findings = new ArrayList<Finding>();
        var rows = reader.rows();
        findings.add(Finding.ok(
                "archive",
                "taken " + taken + ", " + rows.size() + " tables, "
                        + rows.values().stream().mapToLong(Long::longValue).sum() + " rows"));
        findings.add(Finding.ok(
                "archive tables",
                "of migration " + manifest.migrations().getLast().version() + ", all rules hold"));
        parts.forEach(p -> findings.addAll(p.examine(reader.files(), ScratchSchema.NAME)));
        findings.addAll(differences(manifest.settings()));
        return findings;
    }

    /** A name leads nowhere but to a file that a module has named. */
    private void requireKnownFiles(Set<String> archived) {
        var own = parts.stream().flatMap(p -> p.files().stream()).collect(Collectors.toSet());
        archived.stream().filter(name -> !own.contains(name)).findFirst().ifPresent(name -> {
            throw ArchiveReader.damaged("it holds the file " + name + ", which nobody knows", null);
        });
    }

    /** What an operator has to set by hand, since settings are in a file of theirs. */
    private List<Finding> differences(Map<String, String> archived) {
        var own = settings.read();
        return archived.entrySet().stream()
                .filter(s -> !Objects.equals(s.getValue(), own.get(s.getKey())))
                .map(s -> Finding.warn(
                        "setting " + s.getKey(),
                        "was " + s.getValue() + ", is " + own.getOrDefault(s.getKey(), "not set"),
                        "Set it in the controller's settings if it is to be as it was"))
                .toList();
    }

    /**
     * Puts an archive in the place of the database and of the keys, all or nothing, and ends the process so that it starts anew with them.
     *
     * @throws io.croft.controller.context.CloudException as {@link #verify}, InvalidParameterValue too when an examination fails. Nothing has changed then; when the rows cannot be replaced after all, the controller reconciles with the database that it has
     */
    public Loaded load(Caller caller, InputStream archive) {
        var reader = new ArchiveReader(archive);
        var manifest = reader.manifest();
        try (var scratch = ScratchSchema.at(manifest.migrations(), flyway, jdbc, database)) {
            var findings = new ArrayList<>(read(manifest, reader, scratch));
            requireGood(findings);
            var taken = taken(manifest);
            recovery.begin("The load of an archive of " + taken + " has begun.");
            replace(caller, taken, reader.files())
                    .forEach(sentence -> findings.add(Finding.warn(
                            "revoked since", sentence, "It stays revoked; make a new one if it is wanted again")));
            return new Loaded(taken, findings);
        }
    }

    /** When it was taken; by a clock that was ahead, now. */
    private Instant taken(BackupManifest manifest) {
        try {
            var now = clock.instant();
            var taken = Instant.parse(manifest.taken());
            return taken.isAfter(now) ? now : taken;
        } catch (DateTimeParseException e) {
            throw ArchiveReader.damaged("it does not say when it was taken", e);
        }
    }

    private static void requireGood(List<Finding> findings) {
        var wrong = findings.stream()
                .filter(f -> f.level() == Level.FAIL)
                .map(f -> f.check() + ": " + f.detail())
                .collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "The archive cannot be used: " + wrong + ".");
        }
    }

    /**
     * Whether the transaction happened is asked of the database in any case: its answer can be lost on the way. When it cannot be asked the process ends as after a load, and whoever
     * starts next asks first.
     */
    private List<String> replace(Caller caller, Instant taken, Map<String, byte[]> files) {
        var load = UUID.randomUUID();
        var same = sameDeployment(files);
        StagedFiles.stage(directory, load, files);
        try {
            return LostRaces.retry(() -> Objects.requireNonNull(transaction.execute(_ -> {
                var revoked = backups.replace(() -> same ? revoke() : List.<String>of());
                backups.loaded(load, clock.instant(), taken, caller.principal());
                recovery.begin("An archive of " + taken + " was loaded.");
                return revoked;
            })));
        } finally {
            if (mayBeLoaded(load)) {
                restart.begin();
            }
        }
    }

    private boolean mayBeLoaded(UUID load) {
        try {
            staged.prepare(directory);
            return backups.isLoaded(load);
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("load", load)
                    .setCause(e)
                    .log("Whether the archive was loaded cannot be asked; starting anew");
            return true;
        }
    }

    private List<String> revoke() {
        return parts.stream()
                .flatMap(p -> p.revoke(ScratchSchema.NAME).stream())
                .toList();
    }

    private boolean sameDeployment(Map<String, byte[]> archived) {
        var own = ownFiles();
        return own.keySet().equals(archived.keySet())
                && own.entrySet().stream().allMatch(f -> Arrays.equals(f.getValue(), archived.get(f.getKey())));
    }
}
