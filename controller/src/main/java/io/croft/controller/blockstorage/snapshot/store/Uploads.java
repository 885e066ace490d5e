package io.croft.controller.blockstorage.snapshot.store;

import io.croft.types.SnapshotId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import javax.crypto.AEADBadTagException;

/**
 * Blocks that have come for snapshots that are not sealed, a file each, on the controller's own disk: its SHA-256, sealed, and its frame; no frame when it is zeros. A block is there for good once it is taken; the same again
 * replaces it. So an upload goes on where it was cut off, by whoever sends the rest.
 */
final class Uploads {
    private static final int SUM = LineageKey.NONCE_BYTES + 32 + LineageKey.TAG_BYTES;

    private final Path root;
    private final Path aside;

    Uploads(Path root) throws IOException {
        this.root = Durable.directory(root);
        this.aside = root.resolve("incoming");
        Durable.clear(aside);
    }

    void put(SnapshotId upload, LineageKey key, int index, byte[] block) throws IOException {
        var sum = Checksums.sha256().digest(block);
        var sealed = key.seal(beside(upload, index), sum, sum.length);
        var frame = zeros(block) ? new byte[0] : Frame.of(key, block);
        var file = ByteBuffer.allocate(SUM + frame.length).put(sealed).put(frame);
        var written = aside();
        try {
            Durable.write(written, file.array());
            Durable.move(written, file(upload, index));
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static boolean zeros(byte[] block) {
        return Arrays.equals(block, new byte[block.length]);
    }

    /** The indexes of what has come, in their order. */
    NavigableSet<Integer> indexes(SnapshotId upload) throws IOException {
        var indexes = new TreeSet<Integer>();
        try (var files = Files.newDirectoryStream(folder(upload))) {
            files.forEach(
                    f -> indexes.add(HexFormat.fromHexDigits(f.getFileName().toString())));
        } catch (NoSuchFileException e) {
            return indexes;
        }
        return indexes;
    }

    /** The SHA-256 of all blocks' SHA-256 in their order, in base64: what EBS calls linear. */
    String linearChecksum(SnapshotId upload, LineageKey key) throws IOException {
        var linear = Checksums.sha256();
        for (var index : indexes(upload)) {
            linear.update(sum(upload, key, index));
        }
        return Base64.getEncoder().encodeToString(linear.digest());
    }

    private byte[] sum(SnapshotId upload, LineageKey key, int index) throws IOException {
        try (var file = Files.newInputStream(file(upload, index))) {
            return key.open(beside(upload, index), ByteBuffer.wrap(file.readNBytes(SUM)));
        } catch (AEADBadTagException | BufferUnderflowException | IllegalArgumentException e) {
            throw new StoreDamage("block " + index + " of the upload " + upload + " was changed", e);
        }
    }

    /** The frame of a block that has come; empty when it is zeros. */
    byte[] frame(SnapshotId upload, int index) throws IOException {
        var file = Files.readAllBytes(file(upload, index));
        if (file.length < SUM) {
            throw new StoreDamage("block " + index + " of the upload " + upload + " is cut off", null);
        }
        return Arrays.copyOfRange(file, SUM, file.length);
    }

    /** Forgets all that has come for a snapshot. */
    void drop(SnapshotId upload) throws IOException {
        for (var index : indexes(upload)) {
            Files.deleteIfExists(file(upload, index));
        }
        Durable.delete(folder(upload));
    }

    /** The snapshots for which something is there. */
    List<SnapshotId> all() throws IOException {
        try (var folders = Files.list(root)) {
            return folders.map(f -> f.getFileName().toString())
                    .filter(n -> !n.equals("incoming"))
                    .sorted()
                    .map(SnapshotId::new)
                    .toList();
        }
    }

    /** A file of its own beside the uploads, for what is written here and put elsewhere. */
    Path aside() throws IOException {
        return Durable.aside(aside);
    }

    private Path folder(SnapshotId upload) {
        return root.resolve(upload.value());
    }

    private Path file(SnapshotId upload, int index) {
        return folder(upload).resolve(HexFormat.of().toHexDigits(index));
    }

    private static byte[] beside(SnapshotId upload, int index) {
        return (upload + " " + index).getBytes(StandardCharsets.US_ASCII);
    }
}
