package io.croft.controller.blockstorage.snapshot.store;

import io.croft.types.SnapshotId;
import java.io.IOException;
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
import java.util.Optional;
import java.util.TreeSet;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

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
        try (var files = Files.newDirectoryStream(folder(upload), "[0-9a-f]".repeat(2 * Integer.BYTES))) {
            files.forEach(
                    f -> indexes.add(HexFormat.fromHexDigits(f.getFileName().toString())));
        } catch (NoSuchFileException e) {
            return indexes;
        }
        return indexes;
    }

    /** What the block that has come for an index says it is; empty when it is zeros. */
    Optional<BlockId> id(SnapshotId upload, int index) throws IOException {
        try (var file = Files.newInputStream(file(upload, index))) {
            var head = file.readNBytes(SUM + Frame.LEAST);
            return head.length <= SUM
                    ? Optional.empty()
                    : Optional.of(Frame.id(Arrays.copyOfRange(head, SUM, head.length)));
        }
    }

    /** What has come. */
    SnapshotStore.Written written(SnapshotId upload, LineageKey key) throws IOException {
        var indexes = indexes(upload);
        var linear = Checksums.sha256();
        for (var index : indexes) {
            linear.update(sum(upload, key, index));
        }
        return new SnapshotStore.Written(indexes.size(), Base64.getEncoder().encodeToString(linear.digest()));
    }

    private byte[] sum(SnapshotId upload, LineageKey key, int index) throws IOException {
        try (var file = Files.newInputStream(file(upload, index))) {
            return sum(upload, key, index, file.readNBytes(SUM));
        }
    }

    private static byte[] sum(SnapshotId upload, LineageKey key, int index, byte[] file) {
        try {
            return key.open(beside(upload, index), ByteBuffer.wrap(file, 0, SUM));
        } catch (AEADBadTagException | IndexOutOfBoundsException e) {
            throw changed(upload, index, e);
        }
    }

    private static StoreDamage changed(SnapshotId upload, int index, @Nullable Exception cause) {
        return new StoreDamage("block " + index + " of the upload " + upload + " was changed", cause);
    }

    /**
     * The frame of a block that has come, once it has proved to hold what came for that index; empty when it is zeros.
     *
     * @throws StoreDamage when it holds anything else
     */
    byte[] frame(SnapshotId upload, LineageKey key, int index, int blockBytes) throws IOException {
        var file = Files.readAllBytes(file(upload, index));
        var sum = sum(upload, key, index, file);
        var frame = Arrays.copyOfRange(file, SUM, file.length);
        var block = frame.length == 0 ? new byte[blockBytes] : Frame.open(key, Frame.id(frame), frame, blockBytes);
        if (!Arrays.equals(sum, Checksums.sha256().digest(block))) {
            throw changed(upload, index, null);
        }
        return frame;
    }

    /** Forgets all that has come for a snapshot. */
    void drop(SnapshotId upload) throws IOException {
        if (Files.isDirectory(folder(upload))) {
            Durable.clear(folder(upload));
            Durable.delete(folder(upload));
        }
    }

    /** The snapshots for which something is there. */
    List<SnapshotId> all() throws IOException {
        try (var folders = Files.list(root)) {
            return folders.map(f -> f.getFileName().toString())
                    .sorted()
                    .flatMap(n -> StoreLayout.snapshot(n).stream())
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
