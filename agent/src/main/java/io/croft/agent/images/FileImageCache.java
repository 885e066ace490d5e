package io.croft.agent.images;

import io.croft.agent.files.Durable;
import io.croft.agent.storage.StorageException;
import io.croft.protocol.Failure;
import io.croft.types.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An {@link ImageCache} in one folder: {@code <sha256 hex>.qcow2}, read-only. A fetch that was cut goes on where it stopped. */
public final class FileImageCache implements ImageCache {
    private final Path folder;
    private final BlobSource source;
    private final long reserveBytes;
    private final InstantSource clock;
    private final UnusedImages unused;
    private final Map<Digest, Object> fetching = new ConcurrentHashMap<>();
    private final PromisedRoom promised = new PromisedRoom();

    /**
     * @param folder where the files are; made when missing
     * @param reserveBytes free bytes of the file system that fetches may not touch, however many run at once
     */
    public FileImageCache(Path folder, BlobSource source, long reserveBytes, InstantSource clock) {
        this.folder = folder;
        this.source = source;
        this.reserveBytes = reserveBytes;
        this.clock = clock;
        this.unused = new UnusedImages(folder);
    }

    @Override
    public Path require(Digest digest) {
        var file = folder.resolve(digest.hex() + UnusedImages.SUFFIX);
        synchronized (fetching.computeIfAbsent(digest, _ -> new Object())) {
            try {
                if (!Files.exists(file)) {
                    fetch(digest, file);
                }
                Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            } catch (IOException e) {
                throw failure(Failure.Code.STORAGE, "cannot fetch " + digest + ": " + e.getMessage(), true, e);
            }
        }
        return file;
    }

    @Override
    public Kept kept() {
        if (!Files.isDirectory(folder)) {
            return new Kept(0, 0);
        }
        try (var files = Files.newDirectoryStream(folder, "*" + UnusedImages.SUFFIX)) {
            var images = 0;
            var bytes = 0L;
            for (var file : files) {
                images++;
                bytes += file.toFile().length();
            }
            return new Kept(images, bytes);
        } catch (IOException e) {
            throw failure(Failure.Code.STORAGE, "cannot list " + folder + ": " + e.getMessage(), true, e);
        }
    }

    private void fetch(Digest digest, Path file) throws IOException {
        Files.createDirectories(folder);
        unused.expire(clock.instant());
        var part = folder.resolve(digest.hex() + UnusedImages.PART);
        var have = Files.exists(part) ? Files.size(part) : 0;
        var rest = source.open(digest, have)
                .orElseThrow(
                        () -> failure(Failure.Code.BLOB_MISSING, "the controller has no blob " + digest, false, null));
        try (var bytes = rest.bytes();
                var _ = room(digest, part, have, rest.length());
                var out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            bytes.transferTo(out);
        }
        verify(digest, part);
        publish(part, file);
    }

    /** Room for the rest of a part, promised to it until closed. */
    private PromisedRoom.Promise room(Digest digest, Path part, long have, long length) throws IOException {
        synchronized (promised) {
            var others = promised.unwritten();
            var needed = length + others + reserveBytes;
            if (unused.free(needed) >= needed) {
                return promised.to(part, have + length);
            }
            var message = "no room to fetch %s: %d MiB, besides %d MiB for other fetches and %d MiB in reserve"
                    .formatted(digest, length >> 20, others >> 20, reserveBytes >> 20);
            throw failure(Failure.Code.DISK_FULL, message, false, null);
        }
    }

    /** A wrong file is thrown away, so that the next try begins anew. */
    private static void verify(Digest digest, Path part) throws IOException {
        var sha = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(part), sha)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(sha.digest()).equals(digest.hex())) {
            Files.delete(part);
            throw failure(Failure.Code.BLOB_CORRUPT, "what came for " + digest + " has another digest", true, null);
        }
    }

    private void publish(Path part, Path file) throws IOException {
        if (!part.toFile().setReadOnly()) {
            throw new IOException("cannot make " + part + " read-only");
        }
        Durable.rename(folder, part.getFileName().toString(), file.getFileName().toString());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static StorageException failure(
            Failure.Code code, String message, boolean retryable, @Nullable Exception cause) {
        return new StorageException(new Failure(code, message, retryable), cause);
    }
}
