package io.croft.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what an archive is locked with. A passphrase is never a word of the command line, which everybody on the machine may read. */
final class ArchiveKeyOptions {
    private static final String VARIABLE = "CROFT_BACKUP_PASSPHRASE";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "A key, mode 0600, kept apart from the archives; a backup makes it where there is none.")
    private @Nullable Path keyFile;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description =
                    "A file, mode 0600, whose first line is the passphrase; CROFT_BACKUP_PASSPHRASE, or asked for,"
                            + " unless given.")
    private @Nullable Path passphraseFile;

    /** What opens an archive that is there. */
    ArchiveKey existing() throws IOException {
        requireOne();
        return keyFile == null ? ArchiveKey.ofPassphrase(passphrase(false)) : ArchiveKey.ofFile(keyFile);
    }

    /**
     * What locks a new one.
     *
     * @param archives where that will be; a key beside it would protect nothing
     */
    ArchiveKey forNew(Path archives) throws IOException {
        requireOne();
        if (keyFile == null) {
            return ArchiveKey.ofPassphrase(passphrase(true));
        }
        if (absolute(keyFile).startsWith(absolute(archives))) {
            throw new CommandFailed(keyFile + " would be beside the archives that it opens: keep it apart from them");
        }
        if (Files.notExists(keyFile)) {
            requireNoneYet(keyFile, archives);
            ArchiveKey.draw(keyFile);
            command()
                    .commandLine()
                    .getErr()
                    .println("Made " + keyFile + ": nothing else opens the archives. Keep a copy of it elsewhere.");
        }
        return ArchiveKey.ofFile(keyFile);
    }

    /** A key that is lost, or on a disk that is not mounted, is no reason to make one of which nobody keeps a copy. */
    private static void requireNoneYet(Path keyFile, Path archives) throws IOException {
        if (BackupFolder.hasArchives(archives)) {
            throw new CommandFailed(keyFile + " is not there, and " + archives
                    + " has archives: put back what opens them, or begin another directory with another key");
        }
    }

    private void requireOne() {
        if (keyFile != null && passphraseFile != null) {
            throw new ParameterException(command().commandLine(), "Give --key-file or --passphrase-file, not both");
        }
    }

    private String passphrase(boolean twice) throws IOException {
        if (passphraseFile != null) {
            ArchiveKey.requireOwn(passphraseFile);
            return Files.readString(passphraseFile).lines().findFirst().orElse("");
        }
        var given = System.getenv(VARIABLE);
        if (given != null) {
            return given;
        }
        if (!Progress.onTerminal()) {
            throw new ParameterException(
                    command().commandLine(), "Give --key-file or --passphrase-file, or set " + VARIABLE);
        }
        var first = ask("Passphrase: ");
        if (twice && !first.equals(ask("Again: "))) {
            throw new CommandFailed("the two passphrases differ");
        }
        return first;
    }

    private static String ask(String prompt) {
        var typed = Objects.requireNonNull(System.console()).readPassword(prompt);
        return typed == null ? "" : new String(typed);
    }

    private CommandSpec command() {
        return Objects.requireNonNull(spec);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
