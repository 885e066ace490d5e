package io.croft.controller.blockstorage.snapshot.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts frames into packs, one after the other, each block once. */
final class Packs implements AutoCloseable {
    private final ObjectStore objects;
    private final Uploads uploads;
    private final String lineage;
    private final Reuse reuse;
    private final int packBytes;
    private final Map<BlockId, StoredBlock> placed = new HashMap<>();
    private final Map<BlockId, Placed> pending = new HashMap<>();
    private final Map<Integer, BlockId> wanted = new HashMap<>();
    private final List<Integer> zeros = new ArrayList<>();
    private @Nullable PackWriter pack;

    private record Placed(int offset, int length) {}

    /** Where blocks lie already, which are not put again. */
    interface Reuse {
        Optional<StoredBlock> find(BlockId id) throws IOException;
    }

    Packs(ObjectStore objects, Uploads uploads, String lineage, Reuse reuse, int packBytes) {
        this.objects = objects;
        this.uploads = uploads;
        this.lineage = lineage;
        this.reuse = reuse;
        this.packBytes = packBytes;
    }

    /** The block at an index is zeros. */
    void skip(int index) {
        zeros.add(index);
    }

    /** The block at an index is this one. */
    void add(int index, byte[] frame) throws IOException {
        var id = Frame.id(frame);
        wanted.put(index, id);
        if (placed.containsKey(id) || pending.containsKey(id)) {
            return;
        }
        var there = reuse.find(id);
        if (there.isPresent()) {
            placed.put(id, there.get());
            return;
        }
        if (pack == null) {
            pack = new PackWriter(uploads.aside());
        }
        pending.put(id, new Placed(pack.add(frame), frame.length));
        if (pack.size() >= packBytes) {
            end(pack);
        }
    }

    private void end(PackWriter full) throws IOException {
        pack = null;
        try (full) {
            var name = full.finish();
            objects.put(StoreLayout.pack(lineage, name), full.file());
            pending.forEach((id, p) -> placed.put(id, new StoredBlock(0, id, name, p.offset(), p.length())));
            pending.clear();
        }
    }

    /** Ends the last pack; then puts into {@code blocks} where all that was added lies, and takes out what was skipped. */
    void finish(NavigableMap<Integer, StoredBlock> blocks) throws IOException {
        if (pack != null) {
            end(pack);
        }
        zeros.forEach(blocks::remove);
        wanted.forEach((index, id) ->
                blocks.put(index, Objects.requireNonNull(placed.get(id)).at(index)));
    }

    @Override
    public void close() throws IOException {
        if (pack != null) {
            pack.close();
        }
    }
}
