package io.croft.controller.blockstorage.volume;

import io.croft.types.SnapshotId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Component;

/** How far hosts have read what carries volumes to them. Soft state: after a start of the controller it is known from the next block on. */
@Component
class FillProgress {
    private static final int BLOCKS_PER_GIB = 2048;

    private final ConcurrentMap<SnapshotId, Integer> read = new ConcurrentHashMap<>();

    /** A host reads a block, in their order. */
    void read(SnapshotId carrier, int index) {
        read.merge(carrier, index, Math::max);
    }

    /** Per cent of a volume of that size. */
    int percent(SnapshotId carrier, int sizeGib) {
        return (int) Math.min(100, 100L * read.getOrDefault(carrier, 0) / ((long) sizeGib * BLOCKS_PER_GIB));
    }

    void forget(SnapshotId carrier) {
        read.remove(carrier);
    }
}
