package io.croft.controller.blockstorage.snapshot.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where blocks of a lineage lie already. Each proves itself before another snapshot relies on it: one that was damaged since is put anew by whoever brings it again. */
final class KnownBlocks implements Packs.Reuse {
    private final ObjectStore objects;
    private final String lineage;
    private final LineageKey key;
    private final SnapshotStore.Sizes sizes;
    private final Map<BlockId, StoredBlock> places = new HashMap<>();

    KnownBlocks(ObjectStore objects, String lineage, LineageKey key, SnapshotStore.Sizes sizes) {
        this.objects = objects;
        this.lineage = lineage;
        this.key = key;
        this.sizes = sizes;
    }

    void add(Manifest manifest) {
        manifest.blocks().limit(sizes.most() - places.size()).forEach(b -> places.putIfAbsent(b.id(), b));
    }

    @Override
    public Optional<StoredBlock> find(BlockId id) throws IOException {
        var place = places.get(id);
        return place != null && sound(place) ? Optional.of(place) : Optional.empty();
    }

    private boolean sound(StoredBlock place) throws IOException {
        try {
            var frame = objects.read(StoreLayout.pack(lineage, place.pack()), place.offset(), place.length());
            Frame.open(key, place.id(), frame, sizes.block());
            return true;
        } catch (StoreDamage | NoSuchFileException | EOFException e) {
            return false;
        }
    }
}
