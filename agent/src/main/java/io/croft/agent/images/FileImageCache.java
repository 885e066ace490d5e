package io.croft.agent.images;

import static io.croft.agent.images.CacheFolder.failure;

import io.croft.agent.files.PromisedRoom;
import io.croft.protocol.Failure;
import io.croft.types.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An {@link ImageCache} in one folder: {@code <sha256 hex>.qcow2}, read-only. A fetch that was cut goes on where it stopped. */
public final class FileImageCache implements ImageCache {
    private final CacheFolder folder;
    private final BlobSource source;

    public FileImageCache(CacheFolder folder, BlobSource source) {
        this.folder = folder;
        this.source = source;
    }

    @Override
    public Path require(Digest digest) {
        return folder.require(digest.hex(), UnusedImages.SUFFIX, part -> fetch(digest, part));
    }

    @Override
    public Kept kept() {
        if (!Files.isDirectory(folder.folder())) {
            return new Kept(0, 0);
        }
        try (var files = Files.newDirectoryStream(folder.folder(), "*" + UnusedImages.SUFFIX)) {
            var images = 0;
            var bytes = 0L;
            for (var file : files) {
                images++;
                bytes += file.toFile().length();
            }
            return new Kept(images, bytes);
        } catch (IOException e) {
            throw failure(Failure.Code.STORAGE, "cannot list " + folder.folder() + ": " + e.getMessage(), true, e);
        }
    }

    private void fetch(Digest digest, Path part) throws IOException {
        var have = Files.exists(part) ? Files.size(part) : 0;
        var rest = source.open(digest, have)
                .orElseThrow(
                        () -> failure(Failure.Code.BLOB_MISSING, "the controller has no blob " + digest, false, null));
        try (var bytes = rest.bytes();
                var _ = folder.room(digest.toString(), PromisedRoom.rest(part, have + rest.length()));
                var out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            bytes.transferTo(out);
        }
        verify(digest, part);
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
