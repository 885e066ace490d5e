package io.croft.cli;

import io.croft.client.CroftException;
import io.croft.client.IoFailure;
import io.croft.diskformat.Compression;
import io.croft.diskformat.DiskFile;
import io.croft.diskformat.DiskFormat;
import io.croft.diskformat.UnusableDiskException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a disk file, from here, by HTTP or from standard input, into the form that the controller takes: a qcow2 file without anything beside it. What it downloads,
 * unpacks or converts is in a directory of its own, which {@link #close} removes.
 *
 * <p>The file is somebody else's: its digest is checked before anything reads it, its header and tables before qemu-img does.
 */
final class ImageFile implements AutoCloseable {
    private static final String STANDARD_INPUT = "-";
    private static final int MOST_REDIRECTS = 5;
    private static final int CONNECT_MILLIS = 15_000;
    private static final int READ_MILLIS = 60_000;

    /** What of a file's mode says what it is, and that of a pipe: {@code S_IFMT} and {@code S_IFIFO} of stat(2). */
    private static final int TYPE_OF_FILE = 0xf000;

    private static final int PIPE = 0x1000;

    /** EBS knows no larger volume. */
    private static final long LARGEST_DISK = 16L << 40;

    private final Progresses progresses;
    private final Path scratch;
    private final Unpacking unpacking;

    /** Makes the progress of one piece of work; the total is in bytes, 0 when nobody knows. */
    interface Progresses {
        Progress of(String verb, long total);
    }

    ImageFile(Progresses progresses) throws IOException {
        this.progresses = progresses;
        this.scratch = Files.createTempDirectory("croft-image-");
        this.unpacking = new Unpacking(scratch, LARGEST_DISK);
    }

    /**
     * Fetches, checks and converts.
     *
     * @param source a path, an http or https URL, or {@code -} for standard input; it may be compressed
     * @param format what the file is said to be, once it is decompressed; null to go by its bytes
     * @param sha256 the digest in hex that the source must have; null when it is not known
     * @throws CroftException when the file cannot be used
     */
    Path qcow2(String source, @Nullable DiskFormat format, @Nullable String sha256) throws IOException {
        var name = source.equals(STANDARD_INPUT) ? "standard input" : source;
        var given = given(source, name, sha256);
        if (sha256 != null) {
            requireDigest(name, given, sha256);
        }
        var file = decompressed(name, given);
        var disk = inspect(name, file, format);
        QemuImg.check(name, disk.format(), file, scratch);
        return disk.format() == DiskFormat.QCOW2 ? file : convert(name, file, disk);
    }

    private Path given(String source, String name, @Nullable String sha256) throws IOException {
        if (isUrl(source)) {
            return download(source, sha256);
        }
        if (source.equals(STANDARD_INPUT)) {
            return taken(name, System.in);
        }
        var file = Path.of(source);
        if (!isPipe(file)) {
            return file;
        }
        try (var in = Files.newInputStream(file)) {
            return taken(name, in);
        }
    }

    private Path taken(String name, InputStream in) throws IOException {
        try (var progress = progresses.of("Reading", 0)) {
            return unpacking.take(name, in, progress::at);
        }
    }

    /** Whether it can be read only once and has no size, as what a shell's {@code <(...)} names. */
    private static boolean isPipe(Path file) throws IOException {
        return Files.exists(file)
                && file.getFileSystem().supportedFileAttributeViews().contains("unix")
                && ((Integer) Files.getAttribute(file, "unix:mode") & TYPE_OF_FILE) == PIPE;
    }

    private Path decompressed(String name, Path file) throws IOException {
        var compression = Compression.of(file);
        if (compression.isEmpty()) {
            return file;
        }
        try (var progress = progresses.of("Decompressing", 0)) {
            return unpacking.decompress(name, file, compression.get(), progress::at);
        }
    }

    private static boolean isUrl(String source) {
        return source.matches("(?i)https?://.*");
    }

    private static DiskFile inspect(String source, Path file, @Nullable DiskFormat format) throws IOException {
        try {
            var disk = DiskFile.inspect(file, format);
            if (disk.virtualBytes() > LARGEST_DISK) {
                throw unusable(source, "its disk is larger than 16 TiB", null);
            }
            return disk;
        } catch (UnusableDiskException e) {
            throw unusable(source, e.getMessage(), e);
        }
    }

    private static CroftException unusable(String source, @Nullable String why, @Nullable Exception cause) {
        return new CroftException("UnusableImage", source + " cannot be used: " + why, cause);
    }

    private void requireDigest(String source, Path file, String wanted) throws IOException {
        if (Files.isDirectory(file)) {
            throw unusable(source, "it is a directory, not a disk file", null);
        }
        var found = sha256(file);
        if (!found.equals(wanted.toLowerCase(Locale.ROOT))) {
            throw unusable(source, "its SHA-256 is " + found + " and not " + wanted, null);
        }
    }

    String sha256(Path file) throws IOException {
        try (var progress = progresses.of("Checking", Files.size(file));
                var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            copy(in, OutputStream.nullOutputStream(), progress::at);
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void copy(InputStream in, OutputStream out, LongConsumer progress) throws IOException {
        var chunk = new byte[64 * 1024];
        var done = 0L;
        for (var read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            out.write(chunk, 0, read);
            done += read;
            progress.accept(done);
        }
    }

    private Path download(String url, @Nullable String sha256) throws IOException {
        try {
            return download(url, open(url, sha256 != null));
        } catch (IOException e) {
            throw unusable(url, IoFailure.clause(e), e);
        }
    }

    private Path download(String url, HttpURLConnection connection) throws IOException {
        var promised = connection.getContentLengthLong();
        var file = scratch.resolve("download");
        var done = new AtomicLong();
        try (var progress = progresses.of("Downloading", promised);
                var in = connection.getInputStream();
                var out = Files.newOutputStream(file)) {
            copy(in, out, n -> {
                done.set(n);
                progress.at(n);
            });
        } catch (IOException e) {
            throw unusable(
                    url, "the download ended after " + done + of(promised) + " bytes: " + IoFailure.clause(e), e);
        }
        if (promised >= 0 && done.get() != promised) {
            throw unusable(url, "the download broke off after " + done + of(promised) + " bytes", null);
        }
        return file;
    }

    private static String of(long promised) {
        return promised < 0 ? "" : " of " + promised;
    }

    /** Follows redirects; what came without TLS anywhere on its way is only as good as the digest that was given for it. */
    private static HttpURLConnection open(String url, boolean digestKnown) throws IOException {
        var at = uri(url);
        for (var hop = 0; hop <= MOST_REDIRECTS; hop++) {
            if (!isUrl(at.toString())) {
                throw unusable(url, "it leads to " + at + ", which is neither http nor https", null);
            }
            if (!digestKnown && at.getScheme().equalsIgnoreCase("http")) {
                throw unusable(url, "anybody can change a file on its way over http: give its --sha256", null);
            }
            var connection = (HttpURLConnection) at.toURL().openConnection();
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            var status = connection.getResponseCode();
            var location = connection.getHeaderField("Location");
            if (status == HttpURLConnection.HTTP_OK) {
                return connection;
            }
            connection.disconnect();
            if (status / 100 != 3 || location == null) {
                throw unusable(url, "the server answered " + status, null);
            }
            at = at.resolve(uri(location));
        }
        throw unusable(url, "it leads round in a circle", null);
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw unusable(url, "it is no URL", e);
        }
    }

    private Path convert(String name, Path file, DiskFile disk) throws IOException {
        var converted = scratch.resolve("converted.qcow2");
        try (var progress = progresses.of("Converting", disk.virtualBytes())) {
            new QemuImg(disk.virtualBytes()).convert(name, disk.format(), file, converted, progress::at);
        }
        var made = inspect(name, converted, DiskFormat.QCOW2);
        if (made.virtualBytes() != disk.virtualBytes()) {
            throw unusable(
                    name,
                    "its disk has " + disk.virtualBytes() + " bytes, and qemu-img made " + made.virtualBytes()
                            + " of it",
                    null);
        }
        return converted;
    }

    @Override
    public void close() {
        try (var files = Files.walk(scratch)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
