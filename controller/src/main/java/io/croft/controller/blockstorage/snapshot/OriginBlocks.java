package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.Manifest;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.StoreDamage;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The blocks of snapshots that volumes are made of, for the hosts that make them: whatever has become of the snapshot's owner's wish since. That the host may read them is its caller's to know. Every answer is proved to be what was put
 * into the store, or is empty: then that is damaged or not there, and {@code why} of the snapshot says what.
 */
@Component
public class OriginBlocks {
    private static final Logger log = LoggerFactory.getLogger(OriginBlocks.class);

    private final SnapshotTable table;
    private final Snapshots snapshots;
    private final SnapshotStore store;

    OriginBlocks(SnapshotTable table, Snapshots snapshots, SnapshotStore store) {
        this.table = table;
        this.snapshots = snapshots;
        this.store = store;
    }

    /** How large it is, and how its blocks are named. */
    public Optional<SnapshotOrigin> describe(SnapshotId id) {
        return proved(
                id,
                row -> new SnapshotOrigin(
                        (long) row.sizeGib() * SnapshotUploads.BLOCKS_PER_GIB * SnapshotStore.BLOCK,
                        manifest(row).count(),
                        store.naming(row.lineage())));
    }

    /**
     * A page of what it has.
     *
     * @param from the index of the page's first block
     * @throws IllegalArgumentException when the snapshot has no such block
     */
    public Optional<SnapshotPage> page(SnapshotId id, int from) {
        return proved(id, row -> {
            var most = row.sizeGib() * SnapshotUploads.BLOCKS_PER_GIB;
            return manifest(row).page(from, Math.min(most, from + SnapshotPage.LONGEST_PART), SnapshotPage.MOST);
        });
    }

    /** The bytes of a block; zeros where it has none. */
    public Optional<byte[]> read(SnapshotId id, int index) {
        return proved(id, row -> store.read(row.ref(), index));
    }

    private <T> Optional<T> proved(SnapshotId id, Function<Row, T> read) {
        var row = table.find(id).orElse(null);
        if (row == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(row));
        } catch (StoreDamage e) {
            log.atError().addKeyValue("snapshot", id).setCause(e).log("A volume cannot be made of a snapshot");
            snapshots.noteOnce(row, "damaged", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Manifest manifest(Row row) {
        return store.find(row.ref())
                .orElseThrow(() -> new StoreDamage("the manifest of " + row.id() + " is not there", null));
    }
}
