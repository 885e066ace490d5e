package io.croft.controller.blobstore;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.StateDirectory;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The files: {@code blobs/<first two digits>/<digest>}, and {@code blobs/incoming/} for those on their way. */
@Component
class BlobDirectory {
    private static final int CHUNK = 256 * 1024;

    private final Path root;
    private final Path incoming;
    private final BlobLimits limits;

    BlobDirectory(StateDirectory state, BlobLimits limits) {
        this.root = state.directory("blobs");
        this.incoming = state.directory("blobs/incoming");
        this.limits = limits;
        removeLeftovers();
    }

    /** What a crash has left half written: nobody knows it. */
    private void removeLeftovers() {
        try (var files = Files.list(incoming)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file(Digest digest) {
        return shelf(digest).resolve(digest.hex());
    }

    /** Whatever is there whole. */
    List<Digest> digests() {
        try (var shelves = Files.newDirectoryStream(root, "[0-9a-f][0-9a-f]")) {
            var digests = new ArrayList<Digest>();
            for (var shelf : shelves) {
                try (var files = Files.list(shelf)) {
                    files.map(f -> f.getFileName().toString())
                            .filter(Digest::isHex)
                            .map(Digest::new)
                            .forEach(digests::add);
                }
            }
            return digests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path shelf(Digest digest) {
        return root.resolve(digest.hex().substring(0, 2));
    }

    /**
     * Does nothing when a blob of so many bytes would be taken.
     *
     * @throws CloudException RequestEntityTooLarge, Unavailable
     */
    void requireRoom(long bytes) {
        requireAllowed(bytes);
        if (bytes > incoming.toFile().getUsableSpace()) {
            throw new CloudException(
                    ErrorCode.UNAVAILABLE,
                    "The controller's disk has room for " + incoming.toFile().getUsableSpace()
                            + " bytes more, and the blob has " + bytes + ".");
        }
    }

    private void requireAllowed(long bytes) {
        if (bytes > limits.largest().toBytes()) {
            throw new CloudException(
                    ErrorCode.REQUEST_ENTITY_TOO_LARGE, "A blob has at most " + limits.largest() + ".");
        }
    }

    /**
     * Writes the bytes aside, checks their digest and moves them into place, durably. The file that is there already stays, once the bytes have proved to be the same.
     *
     * @return the size in bytes
     */
    long write(Digest expected, InputStream bytes) throws IOException {
        var aside = incoming.resolve(UUID.randomUUID().toString());
        try {
            var size = copy(expected, bytes, aside);
            Files.createDirectories(shelf(expected));
            Files.move(aside, file(expected), StandardCopyOption.ATOMIC_MOVE);
            sync(shelf(expected));
            sync(root);
            return size;
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private long copy(Digest expected, InputStream bytes, Path aside) throws IOException {
        var digest = sha256();
        var size = 0L;
        try (var channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var chunk = new byte[CHUNK];
            for (var read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                size += read;
                requireAllowed(size);
                digest.update(chunk, 0, read);
                writeFully(channel, ByteBuffer.wrap(chunk, 0, read));
            }
            requireSame(expected, new Digest(HexFormat.of().formatHex(digest.digest())));
            channel.force(true);
        }
        return size;
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The controller's disk does not take the blob.", "", e);
        }
    }

    private static void requireSame(Digest expected, Digest actual) {
        if (!actual.equals(expected)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The bytes have the digest " + actual + " and not " + expected + ".");
        }
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
