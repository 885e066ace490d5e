package io.croft.agent.upload;

import io.croft.agent.storage.StorageException;
import io.croft.agent.storage.VolumeReader;
import io.croft.protocol.BlockNames;
import io.croft.protocol.Failure;
import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotPage;
import io.croft.protocol.SnapshotSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;

/** Sends one snapshot, for some time at once. What is known to be zeros is not read, and what is zeros is not sent. */
public final class SnapshotUpload {
    /** How long it goes on at once, but for the page under way. */
    private static final Duration SLICE = Duration.ofSeconds(20);

    private static final int BLOCK = SnapshotPage.BLOCK;
    private static final ByteBuffer ZEROS = ByteBuffer.allocate(BLOCK).asReadOnlyBuffer();

    private final SnapshotSpec snapshot;
    private final VolumeReader reader;
    private final SnapshotSink sink;
    private final int page;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);

    public SnapshotUpload(SnapshotSpec snapshot, VolumeReader reader, SnapshotSink sink) {
        this(snapshot, reader, sink, SnapshotPage.MOST);
    }

    /** @param page how many blocks are told at once at most */
    SnapshotUpload(SnapshotSpec snapshot, VolumeReader reader, SnapshotSink sink, int page) {
        this.snapshot = snapshot;
        this.reader = reader;
        this.sink = sink;
        this.page = page;
    }

    /**
     * Goes on from a position.
     *
     * @return where it has come to; empty once the controller has everything
     * @throws StorageException when the snapshot cannot be read, or the controller does not take it
     */
    public Optional<UploadPosition> advance(UploadPosition from) {
        var begun = System.nanoTime();
        try {
            var key = sink.naming(snapshot.id()).key();
            if (key == null) {
                return Optional.empty();
            }
            var names = names(key);
            var at = from;
            while (at.next() < blocks()) {
                if (System.nanoTime() - begun > SLICE.toNanos()) {
                    return Optional.of(at);
                }
                var page = page(at.next(), names);
                for (var index : sink.lacking(snapshot.id(), page)) {
                    read(index);
                    sink.put(snapshot.id(), index, block.array());
                }
                at = at.after(page);
            }
            return sink.complete(snapshot.id(), new SnapshotContent(at.digest()))
                    ? Optional.empty()
                    : Optional.of(UploadPosition.START);
        } catch (IOException e) {
            throw new StorageException(
                    new Failure(Failure.Code.STORAGE, snapshot.id() + " is not sent: " + e.getMessage(), true), e);
        }
    }

    private static BlockNames names(String key) throws IOException {
        try {
            return new BlockNames(key);
        } catch (IllegalArgumentException e) {
            throw new IOException("its blocks cannot be named", e);
        }
    }

    private int blocks() {
        return Math.toIntExact(Math.ceilDiv(snapshot.sizeBytes(), BLOCK));
    }

    private long size() {
        return Math.min(snapshot.sizeBytes(), reader.size());
    }

    private SnapshotPage page(int from, BlockNames names) {
        var blocks = new ArrayList<SnapshotPage.Block>();
        var end = Math.min(blocks(), from + SnapshotPage.LONGEST_PART);
        for (var at = (long) from * BLOCK; at < size(); ) {
            var piece = reader.data(at);
            if (piece.isEmpty() || piece.get().offset() >= size()) {
                break;
            }
            var index = Math.toIntExact(piece.get().offset() / BLOCK);
            if (index >= end) {
                break;
            }
            if (blocks.size() == page) {
                return new SnapshotPage(from, index, blocks);
            }
            read(index);
            if (!block.equals(ZEROS)) {
                blocks.add(new SnapshotPage.Block(index, names.of(block.duplicate())));
            }
            at = (index + 1L) * BLOCK;
        }
        return new SnapshotPage(from, end, blocks);
    }

    /** A volume's last block may end in the midst of one. */
    private void read(int index) {
        var offset = (long) index * BLOCK;
        var length = Math.clamp(size() - offset, 0, BLOCK);
        block.clear();
        reader.read(offset, block.slice(0, length));
        Arrays.fill(block.array(), length, BLOCK, (byte) 0);
    }
}
