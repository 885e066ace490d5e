package io.croft.cli;

import io.croft.client.CroftException;
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
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a disk file, from here or by HTTP, into the form that the controller takes: a qcow2 file without anything beside it. What it downloads or converts is in a
 * directory of its own, which {@link #close} removes.
 *
 * <p>The file is somebody else's: its digest is checked before anything reads it, its header before qemu-img does.
 */
final class ImageFile implements AutoCloseable {
    private static final int MOST_REDIRECTS = 5;
    private static final int CONNECT_MILLIS = 15_000;
    private static final int READ_MILLIS = 60_000;

    /** EBS knows no larger volume. */
    private static final long LARGEST_DISK = 16L << 40;

    private final Progresses progresses;
    private final Path scratch;

    /** Makes the progress of one piece of work; the total is in bytes, 0 when nobody knows. */
    interface Progresses {
        Progress of(String verb, long total);
    }

    ImageFile(Progresses progresses) throws IOException {
        this.progresses = progresses;
        this.scratch = Files.createTempDirectory("croft-image-");
    }

    /**
     * Fetches, checks and converts.
     *
     * @param source a path, or an http or https URL
     * @param format what the file is said to be; null to go by its beginning
     * @param sha256 the digest in hex that the source must have; null when it is not known
     * @throws CroftException when the file cannot be used
     */
    Path qcow2(String source, @Nullable DiskFormat format, @Nullable String sha256) throws IOException {
        var file = isUrl(source) ? download(source, sha256) : Path.of(source);
        if (sha256 != null) {
            requireDigest(source, file, sha256);
        }
        var disk = inspect(source, file, format);
        return disk.format() == DiskFormat.QCOW2 ? file : convert(file, disk);
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
        var connection = open(url, sha256 != null);
        var file = scratch.resolve("download");
        try (var progress = progresses.of("Downloading", connection.getContentLengthLong());
                var in = connection.getInputStream();
                var out = Files.newOutputStream(file)) {
            copy(in, out, progress::at);
        }
        var promised = connection.getContentLengthLong();
        if (promised >= 0 && Files.size(file) != promised) {
            throw unusable(
                    url, "the download broke off after " + Files.size(file) + " of " + promised + " bytes", null);
        }
        return file;
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

    private Path convert(Path file, DiskFile disk) throws IOException {
        var converted = scratch.resolve("converted.qcow2");
        try (var progress = progresses.of("Converting", disk.virtualBytes())) {
            new QemuImg(disk.virtualBytes()).convert(disk.format(), file, converted, progress::at);
        }
        inspect(file.toString(), converted, DiskFormat.QCOW2);
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
