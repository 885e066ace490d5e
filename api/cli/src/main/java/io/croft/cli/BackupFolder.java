package io.croft.cli;

import io.croft.client.CroftClient;
import io.croft.client.CroftException;
import io.croft.rest.BlobResource;
import io.croft.rest.backup.BackupManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A directory of archives, mode 0700: {@code croft-<moment>.archive}, and {@code blobs/<first two digits>/<digest>}, which all of them share. One command works in it at a time; what
 * one that was killed has left goes with the next. What else is in the directory is somebody's, and stays.
 */
final class BackupFolder implements AutoCloseable {
    private static final String SUFFIX = ".archive";
    private static final String ARCHIVE = "croft-[^/]*\\" + SUFFIX;
    private static final String BLOB = "[0-9a-f]{64}";

    private final Path root;
    private final FileChannel lock;

    private BackupFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes it for a command that writes.
     *
     * @throws CommandFailed when another one does
     */
    static BackupFolder open(Path root) throws IOException {
        make(root);
        var channel = FileChannel.open(
                root.resolve(".lock"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            if (channel.tryLock() != null) {
                var folder = new BackupFolder(root, channel);
                folder.removeLeftovers();
                return folder;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new CommandFailed("another croft backup works in " + root, e);
        }
        channel.close();
        throw new CommandFailed("another croft backup works in " + root);
    }

    private static void make(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private void removeLeftovers() throws IOException {
        for (var archive : named(root, ARCHIVE + Pattern.quote(SafeFile.ASIDE))) {
            Files.delete(archive);
        }
        for (var blob : blobs(SafeFile.ASIDE)) {
            Files.delete(blob);
        }
    }

    /** Files of that name, a regular expression, in a directory itself; none when there is no such directory. */
    private static List<Path> named(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().matches(name))
                    .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** The blobs' files whose names end in {@code suffix}, each in the folder that is its place. */
    private List<Path> blobs(String suffix) throws IOException {
        var all = new ArrayList<Path>();
        for (var shelf = 0; shelf <= 0xff; shelf++) {
            var digits = HexFormat.of().toHexDigits((byte) shelf);
            all.addAll(
                    named(root.resolve("blobs").resolve(digits), "(?=" + digits + ")" + BLOB + Pattern.quote(suffix)));
        }
        return all;
    }

    /** The file of a new archive. */
    Path archive(String moment) {
        return root.resolve("croft-" + moment + SUFFIX);
    }

    /** Where a blob's bytes are, or would be, beside the archives in {@code root}. */
    static Path blob(Path root, String hex) {
        return root.resolve("blobs").resolve(hex.substring(0, 2)).resolve(hex);
    }

    /** How far the blobs of an archive have come: {@code missing} are those whose bytes the controller has not got. */
    record Copied(int copied, List<String> missing) {}

    /** Fetches the blobs that are not here yet. Each appears whole, with the digest that it is named by. */
    Copied copyBlobs(CroftClient client, List<BlobResource> blobs) throws IOException {
        var copied = 0;
        var missing = new ArrayList<String>();
        for (var blob : blobs) {
            var hex = hex(blob);
            var file = blob(root, hex);
            if (Files.exists(file) && Files.size(file) == blob.sizeBytes()) {
                continue;
            }
            make(Objects.requireNonNull(file.getParent()));
            try {
                SafeFile.write(file, out -> fetch(client, hex, out));
                copied++;
            } catch (CroftException e) {
                if (!e.code().equals("NotFound")) {
                    throw e;
                }
                missing.add(hex);
            }
        }
        return new Copied(copied, missing);
    }

    static String hex(BlobResource blob) {
        return blob.digest().substring(blob.digest().indexOf(':') + 1);
    }

    private static void fetch(CroftClient client, String hex, OutputStream out) throws IOException {
        var digest = sha256();
        client.blob(hex, in -> in.transferTo(new DigestOutputStream(out, digest)));
        var found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(hex)) {
            throw new CommandFailed("the blob " + hex + " came with the digest " + found);
        }
    }

    /** Whether a blob's bytes in {@code root} are its own. */
    static boolean holds(Path root, BlobResource blob) throws IOException {
        var file = blob(root, hex(blob));
        if (!Files.exists(file)) {
            return false;
        }
        var digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        }
        return HexFormat.of().formatHex(digest.digest()).equals(hex(blob));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Removes the oldest archives, and the blobs that no archive needs any more.
     *
     * @param keep how many archives stay
     * @param newest one that stays whatever the clock said when it was named
     * @param key opens the archives that stay; while one does not open with it, no blob goes
     * @return how many archives went
     */
    int retain(int keep, Path newest, ArchiveKey key) throws IOException {
        var archives = new ArrayList<>(archives());
        archives.remove(newest);
        var stay = new ArrayList<>(List.of(newest));
        while (stay.size() < keep && !archives.isEmpty()) {
            stay.add(archives.removeFirst());
        }
        for (var old : archives) {
            Files.delete(old);
        }
        if (!archives.isEmpty()) {
            removeBlobs(stay, key);
        }
        return archives.size();
    }

    /** Whether a directory, which need not be there, has archives. */
    static boolean hasArchives(Path root) throws IOException {
        return !named(root, ARCHIVE).isEmpty();
    }

    private List<Path> archives() throws IOException {
        return named(root, ARCHIVE).stream().sorted(Comparator.reverseOrder()).toList();
    }

    private void removeBlobs(List<Path> archives, ArchiveKey key) throws IOException {
        var needed = new HashSet<String>();
        for (var archive : archives) {
            BackupManifest manifest;
            try {
                manifest = new ArchiveFile(archive, key).manifest();
            } catch (CommandFailed e) {
                return;
            }
            needed.addAll(manifest.blobs().stream().map(BackupFolder::hex).collect(Collectors.toSet()));
        }
        for (var blob : blobs("")) {
            if (!needed.contains(blob.getFileName().toString())) {
                Files.delete(blob);
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
