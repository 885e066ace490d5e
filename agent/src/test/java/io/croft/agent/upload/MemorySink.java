package io.croft.agent.upload;

import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotNaming;
import io.croft.protocol.SnapshotPage;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** A controller that keeps what hosts send of snapshots, in memory: one lineage, in which each snapshot begins with the blocks of the last that is complete. */
public final class MemorySink implements SnapshotSink {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final Map<SnapshotId, TreeMap<Integer, String>> told = new HashMap<>();
    private final Map<SnapshotId, SortedMap<Integer, byte[]>> complete = new HashMap<>();
    private final Map<SnapshotId, TreeMap<Integer, byte[]>> came = new HashMap<>();
    private final TreeMap<Integer, String> names = new TreeMap<>();
    private final TreeMap<Integer, byte[]> blocks = new TreeMap<>();

    /** Bytes that came over the line. */
    public final AtomicLong sent = new AtomicLong();

    private boolean broken;

    /** What snapshots have that are complete. */
    public synchronized Map<SnapshotId, SortedMap<Integer, byte[]>> complete() {
        return Map.copyOf(complete);
    }

    /** Whether every block is lost on its way from now on. */
    public synchronized void breakDown(boolean now) {
        broken = now;
    }

    @Override
    public synchronized SnapshotNaming naming(SnapshotId id) {
        return new SnapshotNaming(complete.containsKey(id) ? null : KEY);
    }

    @Override
    public synchronized List<Integer> lacking(SnapshotId id, SnapshotPage page) {
        sent.addAndGet(page.toBytes().length);
        var own = told.computeIfAbsent(id, _ -> new TreeMap<>());
        var there = came.computeIfAbsent(id, _ -> new TreeMap<>());
        own.subMap(page.from(), page.to()).clear();
        page.blocks().forEach(b -> own.put(b.index(), b.name()));
        return page.blocks().stream()
                .filter(b -> !b.name().equals(names.get(b.index())) && !there.containsKey(b.index()))
                .map(SnapshotPage.Block::index)
                .toList();
    }

    @Override
    public synchronized void put(SnapshotId id, int index, byte[] block) throws IOException {
        if (broken) {
            throw new IOException("no answer");
        }
        sent.addAndGet(block.length);
        came.computeIfAbsent(id, _ -> new TreeMap<>()).put(index, block.clone());
    }

    @Override
    public synchronized boolean complete(SnapshotId id, SnapshotContent content) {
        var own = told.getOrDefault(id, new TreeMap<>());
        var whole = new TreeMap<Integer, byte[]>();
        for (var index : own.keySet()) {
            var block = came.getOrDefault(id, blocks).getOrDefault(index, blocks.get(index));
            if (block == null) {
                return false;
            }
            whole.put(index, block);
        }
        complete.put(id, whole);
        names.clear();
        names.putAll(own);
        blocks.clear();
        blocks.putAll(whole);
        return true;
    }
}
