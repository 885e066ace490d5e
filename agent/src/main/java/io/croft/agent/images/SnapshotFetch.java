package io.croft.agent.images;

import io.croft.protocol.BlockNames;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a snapshot's blocks to a sparse file, each in its place, once it has proved to be the one that is named. A block at a time is in memory. */
final class SnapshotFetch implements AutoCloseable {
    private static final int BLOCK = SnapshotPage.BLOCK;

    private final SnapshotId id;
    private final SnapshotOrigin origin;
    private final SnapshotSource source;
    private final BlockNames names;
    private final RandomAccessFile file;
    private final FileChannel channel;
    private final long had;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);

    SnapshotFetch(SnapshotId id, SnapshotOrigin origin, SnapshotSource source, Path part) throws IOException {
        this.id = id;
        this.origin = origin;
        this.source = source;
        this.names = names(origin);
        this.file = new RandomAccessFile(part.toFile(), "rw");
        this.channel = file.getChannel();
        this.had = file.length();
    }

    private static BlockNames names(SnapshotOrigin origin) throws IOException {
        try {
            return new BlockNames(origin.key());
        } catch (IllegalArgumentException e) {
            throw new IOException("its blocks cannot be named", e);
        }
    }

    /** Bytes that it takes in all. */
    long bytes() {
        return (long) origin.blocks() * BLOCK;
    }

    /** At least that many bytes of it are there: they were written one after the other, and as many as could be between them were not. */
    long there() {
        return Math.max(0, had - (origin.sizeBytes() - bytes()));
    }

    /**
     * Fetches what is missing, and sees that all is on the disk.
     *
     * @param written counts the bytes that were found and written
     */
    void run(AtomicLong written) throws IOException {
        var end = Math.toIntExact(origin.sizeBytes() / BLOCK);
        var passed = 0L;
        for (var at = 0; at < end; ) {
            var page = source.page(id, at).orElseThrow(() -> FileSnapshotCache.damaged(id));
            if (page.from() != at || page.to() > end) {
                throw new IOException("what was told of " + id + " is of another place");
            }
            for (var wanted : page.blocks()) {
                if (!holds(wanted)) {
                    fetch(wanted);
                }
                passed += BLOCK;
                written.accumulateAndGet(passed, Math::max);
            }
            at = page.to();
        }
        file.setLength(origin.sizeBytes());
        channel.force(true);
    }

    private boolean holds(SnapshotPage.Block wanted) throws IOException {
        var offset = (long) wanted.index() * BLOCK;
        if (offset + BLOCK > had) {
            return false;
        }
        block.clear();
        while (block.hasRemaining()) {
            if (channel.read(block, offset + block.position()) < 0) {
                return false;
            }
        }
        return names.of(block.flip()).equals(wanted.name());
    }

    private void fetch(SnapshotPage.Block wanted) throws IOException {
        var bytes = source.block(id, wanted.index()).orElseThrow(() -> FileSnapshotCache.damaged(id));
        if (bytes.length != BLOCK || !names.of(ByteBuffer.wrap(bytes)).equals(wanted.name())) {
            throw new IOException("block " + wanted.index() + " of " + id + " came otherwise than it is");
        }
        var from = ByteBuffer.wrap(bytes);
        for (var at = (long) wanted.index() * BLOCK; from.hasRemaining(); ) {
            at += channel.write(from, at);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
