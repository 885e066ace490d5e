package io.croft.controller.blockstorage.snapshot.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a sweep of one lineage does, worked out before anything is done: which packs nothing names, and which are named so little that they are better written anew. */
final class LineageSweep {
    private final Map<BlockId, StoredBlock> moving = new HashMap<>();
    private final Set<String> dead = new TreeSet<>();
    private final Set<String> sparse = new TreeSet<>();
    private long freed;
    private long freedByRewriting;
    private long rewritten;

    /** @param manifests all of the lineage */
    LineageSweep(ObjectStore objects, String lineage, Collection<Manifest> manifests) throws IOException {
        var named = new HashMap<String, Long>();
        var counted = new HashSet<Frame>();
        manifests.forEach(m -> m.blocks()
                .filter(b -> counted.add(new Frame(b.pack(), b.offset())))
                .forEach(b -> named.merge(b.pack(), (long) b.length(), Long::sum)));
        for (var pack : new StoreLayout(objects).packs(lineage)) {
            take(pack, objects.size(StoreLayout.pack(lineage, pack)), named.getOrDefault(pack, 0L));
        }
        manifests.forEach(
                m -> m.blocks().filter(b -> sparse.contains(b.pack())).forEach(b -> moving.putIfAbsent(b.id(), b)));
    }

    private record Frame(String pack, int offset) {}

    private void take(String pack, long size, long named) {
        if (named == 0) {
            dead.add(pack);
            freed += size;
        } else if (named < size / 2) {
            sparse.add(pack);
            freedByRewriting += size - named;
            rewritten += named;
        }
    }

    /** The packs that nothing names. */
    Set<String> dead() {
        return dead;
    }

    /** The packs that are written anew. */
    Set<String> sparse() {
        return sparse;
    }

    /** The blocks that go into new packs, each once. */
    Collection<StoredBlock> moving() {
        return moving.values();
    }

    /** All of it. */
    SweepReport report() {
        var leaving = new ArrayList<>(dead);
        leaving.addAll(sparse);
        return new SweepReport(leaving, List.of(), freed + freedByRewriting, rewritten);
    }

    /** Only the packs that nothing names went. */
    SweepReport report(String whyNotAll) {
        return new SweepReport(List.copyOf(dead), List.of(whyNotAll), freed, 0);
    }
}
