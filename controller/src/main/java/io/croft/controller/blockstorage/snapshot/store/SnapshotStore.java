package io.croft.controller.blockstorage.snapshot.store;

import io.croft.types.SnapshotId;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store. All methods throw {@link UncheckedIOException} when the disk or the bucket does not do its part; each can be asked again then.
 *
 * <p>Snapshots are sealed and copied beside each other, never beside a sweep.
 */
public final class SnapshotStore {
    private static final Logger log = LoggerFactory.getLogger(SnapshotStore.class);

    /** Bytes of a block, as EBS has them. */
    public static final int BLOCK = 512 * 1024;

    /** Of the heap for each block of a snapshot that is sealed: where it lies already, goes, and is named. */
    private static final int HEAP = 1024;

    /** As snapshots are kept: with a heap of 256 MiB up to 128 GiB that are not zeros. */
    public static final Sizes SIZES = new Sizes(BLOCK, 64 * 1024 * 1024, (int) Math.min(heap() / HEAP, Manifest.MOST));

    /** Blocks of manifests that are kept in memory, 48 bytes each, however many those of the last one are: four of the largest take less than a fifth of the heap. */
    private static final long OPEN_BLOCKS = Math.max(500_000, 4L * SIZES.most());

    /** Manifests that are read at once: each is in memory twice meanwhile. */
    private static final int READ_AT_ONCE = 2;

    private final ObjectStore objects;
    private final Uploads uploads;
    private final StoreLayout layout;
    private final KeySeal seal;
    private final Sizes sizes;
    private final ReentrantReadWriteLock sweeping = new ReentrantReadWriteLock(true);
    private final Map<Ref, Manifest> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Semaphore readers = new Semaphore(READ_AT_ONCE, true);
    /** Who reads a manifest, and for how many. */
    private final Map<Ref, Flight> flights = new HashMap<>();

    /** How often a manifest was put or removed: what was read while that happened may be of before, and is not remembered. Guarded by {@link #open}. */
    private long changes;

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax();
    }

    /**
     * A store over its objects.
     *
     * @param incoming a directory of the controller's own for blocks that come, and for objects before they are put
     * @param sizes {@link #SIZES}, or smaller ones for tests
     */
    public SnapshotStore(ObjectStore objects, Path incoming, KeySeal seal, Sizes sizes) {
        this.objects = objects;
        this.layout = new StoreLayout(objects);
        this.seal = seal;
        this.sizes = sizes;
        this.uploads = io(() -> new Uploads(incoming));
    }

    /**
     * How the store cuts.
     *
     * @param block bytes of a block
     * @param pack bytes of a pack, after which it takes no more frames
     * @param most blocks of a snapshot that are not zeros, which are in memory while it is sealed
     */
    public record Sizes(int block, int pack, int most) {}

    /** A snapshot in the store. */
    public record Ref(String lineage, SnapshotId snapshot) {}

    /** A snapshot for which blocks come. */
    public record Upload(SnapshotId snapshot, Lineage lineage) {}

    /**
     * What has come for a snapshot.
     *
     * @param blocks how many
     * @param linearChecksum the SHA-256 of the SHA-256 of all of them, in the order of their indexes, in base64
     */
    public record Written(int blocks, String linearChecksum) {}

    /** A lineage that has nothing yet. */
    public Lineage begin() {
        var drawn = LineageKey.draw();
        var id = HexFormat.of().formatHex(LineageKey.draw(), 0, 16);
        return Lineage.of(id, seal.seal(id, drawn));
    }

    private LineageKey key(Lineage lineage) {
        return new LineageKey(seal.open(lineage.id(), lineage.sealed()));
    }

    /** Takes a block of an upload in, for good; in the place of one that came before for that index. */
    public void put(Upload upload, int index, byte[] block) {
        if (block.length != sizes.block()) {
            throw new IllegalArgumentException("a block has " + sizes.block() + " bytes and not " + block.length);
        }
        run(() -> uploads.put(upload.snapshot(), key(upload.lineage()), index, block));
    }

    /** How many blocks of an upload have come. */
    public int came(SnapshotId upload) {
        return io(() -> uploads.indexes(upload).size());
    }

    /**
     * What has come for an upload.
     *
     * @throws StoreDamage when a block's checksum is not the one that came with it
     */
    public Written written(Upload upload) {
        return io(() -> uploads.written(upload.snapshot(), key(upload.lineage())));
    }

    /** The key by which a lineage's blocks are named, in base64: nothing can be read by it. */
    public String naming(Lineage lineage) {
        return Base64.getEncoder().encodeToString(key(lineage).naming());
    }

    /**
     * Takes in what a part of an upload is to be, and says which of its blocks have to come: those that neither have come nor are the base's.
     *
     * @param base that it begins with; null for zeros
     * @param from index of the part's first block
     * @param to of the first behind it
     * @param names of the part's blocks that are not zeros, in hex, by their indexes
     */
    public List<Integer> lacking(
            Upload upload, @Nullable SnapshotId base, int from, int to, SortedMap<Integer, String> names) {
        return io(() -> {
            var there = base(upload, base);
            var came = uploads.indexes(upload.snapshot()).subSet(from, to);
            var zeros = new TreeSet<>(came);
            there.ifPresent(m -> m.indexes(from).takeWhile(i -> i < to).forEach(zeros::add));
            zeros.removeAll(names.keySet());
            for (var index : zeros) {
                if (!came.contains(index) || !holds(upload, index, Optional.empty())) {
                    put(upload, index, new byte[sizes.block()]);
                }
            }
            var lacking = new ArrayList<Integer>();
            for (var named : names.entrySet()) {
                var index = named.getKey();
                var id = Optional.of(BlockId.of(named.getValue()));
                if (!(came.contains(index)
                        ? holds(upload, index, id)
                        : stored(there, index).equals(id))) {
                    lacking.add(index);
                }
            }
            return lacking;
        });
    }

    /**
     * What an upload is as it stands.
     *
     * @param base that it begins with; null for zeros
     * @return the SHA-256 of index and name of each block that is not zeros, in the order of their indexes, in hex
     */
    public String content(Upload upload, @Nullable SnapshotId base) {
        return io(() -> {
            var there = base(upload, base);
            var came = uploads.indexes(upload.snapshot());
            var indexes = new TreeSet<>(came);
            there.ifPresent(m -> m.indexes(0).forEach(indexes::add));
            var digest = Checksums.sha256();
            var entry = ByteBuffer.allocate(Integer.BYTES + BlockId.BYTES);
            for (var index : indexes) {
                block(upload, there, came, index).ifPresent(id -> {
                    entry.clear().putInt(index);
                    id.write(entry);
                    digest.update(entry.flip());
                });
            }
            return HexFormat.of().formatHex(digest.digest());
        });
    }

    private Optional<Manifest> base(Upload upload, @Nullable SnapshotId base) {
        return Optional.ofNullable(base)
                .map(b -> manifest(new Ref(upload.lineage().id(), b)));
    }

    private Optional<BlockId> block(Upload upload, Optional<Manifest> base, Set<Integer> came, int index)
            throws IOException {
        return came.contains(index) ? uploads.id(upload.snapshot(), index) : stored(base, index);
    }

    private static Optional<BlockId> stored(Optional<Manifest> manifest, int index) {
        return manifest.flatMap(m -> m.find(index)).map(StoredBlock::id);
    }

    /** Whether what has come for an index is that block, zeros where there is none; what was cut short since is none. */
    private boolean holds(Upload upload, int index, Optional<BlockId> id) throws IOException {
        try {
            return uploads.id(upload.snapshot(), index).equals(id);
        } catch (StoreDamage e) {
            return false;
        }
    }

    /** Forgets what has come for a snapshot. */
    public void forget(SnapshotId upload) {
        run(() -> uploads.drop(upload));
    }

    /** The snapshots for which blocks are there that are in no pack yet, or were not forgotten. */
    public List<SnapshotId> uploads() {
        return io(uploads::all);
    }

    /**
     * Makes a snapshot of another's blocks and of what has come for it, which wins. Again, once it is made, it changes nothing; what has come stays until {@link #forget}.
     *
     * @param header the snapshot's, in the lineage of {@code base}
     * @param base that it begins with; null for zeros
     * @param written what came for it when it was looked at last; null when nobody looked
     * @throws StoreDamage when what is there for it is not what came, or {@code base} cannot be read
     * @throws TooManyBlocks when it has more than {@link Sizes#most}
     */
    public Manifest make(ManifestHeader header, @Nullable SnapshotId base, @Nullable Written written) {
        sweeping.readLock().lock();
        try {
            return find(ref(header)).orElseGet(() -> io(() -> write(header, base, written)));
        } finally {
            sweeping.readLock().unlock();
        }
    }

    private Manifest write(ManifestHeader header, @Nullable SnapshotId base, @Nullable Written written)
            throws IOException {
        var lineage = header.lineage();
        var key = key(lineage);
        if (written != null) {
            requireWritten(header.snapshot(), key, written);
        }
        var blocks = new TreeMap<Integer, StoredBlock>();
        if (base != null) {
            manifest(new Ref(lineage.id(), base)).blocks().forEach(b -> blocks.put(b.index(), b));
        }
        var upload = header.snapshot();
        var indexes = uploads.indexes(upload);
        if (!indexes.isEmpty()) {
            var filled = 0;
            try (var packs = new Packs(objects, uploads, lineage.id(), known(lineage.id(), key), sizes.pack())) {
                for (var index : indexes) {
                    var frame = uploads.frame(upload, key, index, sizes.block());
                    if (frame.length == 0) {
                        packs.skip(index);
                    } else {
                        requireFits(++filled);
                        packs.add(index, frame);
                    }
                }
                packs.finish(blocks);
            }
        }
        requireFits(blocks.size());
        var manifest = Manifest.of(header, blocks);
        put(manifest, key);
        return manifest;
    }

    private void requireFits(int blocks) {
        if (blocks > sizes.most()) {
            throw new TooManyBlocks(sizes.most());
        }
    }

    private void requireWritten(SnapshotId upload, LineageKey key, Written written) throws IOException {
        var there = uploads.written(upload, key);
        if (!there.equals(written)) {
            throw new StoreDamage(
                    "of the " + written.blocks() + " blocks that were written for " + upload + " "
                            + (there.blocks() == written.blocks()
                                    ? "some are others now"
                                    : there.blocks() + " are there"),
                    null);
        }
    }

    /** The lineage's blocks, as far as its manifests can be read and memory takes them: others are put once more. */
    private KnownBlocks known(String lineage, LineageKey key) throws IOException {
        var known = new KnownBlocks(objects, lineage, key, sizes);
        for (var snapshot : layout.snapshots(lineage)) {
            try {
                find(new Ref(lineage, snapshot)).ifPresent(known::add);
            } catch (StoreDamage e) {
                log.atWarn().addKeyValue("snapshot", snapshot).setCause(e).log("its blocks are not shared");
            }
        }
        return known;
    }

    private void put(Manifest manifest, LineageKey key) throws IOException {
        var ref = ref(manifest.header());
        var file = uploads.aside();
        try {
            Durable.write(file, manifest.write(key));
            objects.put(StoreLayout.manifest(ref), file);
        } finally {
            changed(ref);
            Files.deleteIfExists(file);
        }
    }

    /** A snapshot's manifest, once it has proved to be whole; empty when there is none. Of those who ask for the same at once one reads it. */
    public Optional<Manifest> find(Ref ref) {
        var known = known(ref);
        if (known.isPresent()) {
            return known;
        }
        var flight = board(ref);
        flight.turn.lock();
        try {
            return known(ref).or(() -> read(ref));
        } finally {
            flight.turn.unlock();
            leave(ref, flight);
        }
    }

    private static final class Flight {
        private final ReentrantLock turn = new ReentrantLock();
        private int aboard;
    }

    private Flight board(Ref ref) {
        synchronized (flights) {
            var flight = flights.computeIfAbsent(ref, _ -> new Flight());
            flight.aboard++;
            return flight;
        }
    }

    private void leave(Ref ref, Flight flight) {
        synchronized (flights) {
            if (--flight.aboard == 0) {
                flights.remove(ref);
            }
        }
    }

    private Optional<Manifest> known(Ref ref) {
        synchronized (open) {
            return Optional.ofNullable(open.get(ref));
        }
    }

    private Optional<Manifest> read(Ref ref) {
        readers.acquireUninterruptibly();
        try {
            return readNow(ref);
        } finally {
            readers.release();
        }
    }

    private Optional<Manifest> readNow(Ref ref) {
        long before;
        synchronized (open) {
            before = changes;
        }
        var name = StoreLayout.manifest(ref);
        try {
            var manifest = Manifest.read(name, objects.read(name), this::key);
            if (!ref(manifest.header()).equals(ref)) {
                throw new StoreDamage(
                        name + " is the manifest of " + manifest.header().snapshot(), null);
            }
            remember(manifest, before);
            return Optional.of(manifest);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Manifest manifest(Ref ref) {
        return find(ref).orElseThrow(() -> new StoreDamage("there is no " + StoreLayout.manifest(ref), null));
    }

    private void remember(Manifest manifest, long before) {
        synchronized (open) {
            if (changes != before) {
                return;
            }
            open.put(ref(manifest.header()), manifest);
            var blocks = open.values().stream().mapToLong(Manifest::count).sum();
            for (var eldest = open.values().iterator(); blocks > OPEN_BLOCKS && open.size() > 1; ) {
                blocks -= eldest.next().count();
                eldest.remove();
            }
        }
    }

    private void unremember(Ref ref) {
        synchronized (open) {
            open.remove(ref);
        }
    }

    /** The manifest in the store is another now, or gone. */
    private void changed(Ref ref) {
        synchronized (open) {
            changes++;
            open.remove(ref);
        }
    }

    /**
     * A block of a snapshot, once it has proved to be the one that was put.
     *
     * @return zeros where it has none
     * @throws StoreDamage when it is another, or is not there; never anything else's bytes
     */
    public byte[] read(Ref ref, int index) {
        return attempt(ref, index)
                .or(() -> {
                    // A sweep may have moved it since this manifest was read.
                    unremember(ref);
                    return attempt(ref, index);
                })
                .orElseThrow(() -> new StoreDamage(
                        "the pack of block " + index + " of " + ref.snapshot() + " is not there", null));
    }

    private Optional<byte[]> attempt(Ref ref, int index) {
        var manifest = manifest(ref);
        var block = manifest.find(index).orElse(null);
        if (block == null) {
            return Optional.of(new byte[sizes.block()]);
        }
        var pack = StoreLayout.pack(ref.lineage(), block.pack());
        try {
            var frame = objects.read(pack, block.offset(), block.length());
            return Optional.of(Frame.open(key(manifest.header().lineage()), block.id(), frame, sizes.block()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (StoreDamage | EOFException e) {
            throw new StoreDamage(
                    "block " + index + " of " + ref.snapshot() + " is damaged in " + pack + " at " + block.offset()
                            + ": " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes a snapshot's manifest and what has come for it; its blocks go with a sweep. Again, it changes nothing. */
    public void remove(Ref ref) {
        sweeping.readLock().lock();
        try {
            run(() -> {
                try {
                    objects.remove(StoreLayout.manifest(ref));
                } finally {
                    changed(ref);
                }
                uploads.drop(ref.snapshot());
            });
        } finally {
            sweeping.readLock().unlock();
        }
    }

    /** Every snapshot that has a manifest. */
    public List<Ref> all() {
        return io(() -> {
            var all = new ArrayList<Ref>();
            for (var lineage : layout.lineages()) {
                layout.snapshots(lineage).forEach(s -> all.add(new Ref(lineage, s)));
            }
            return List.copyOf(all);
        });
    }

    /**
     * Removes what no manifest names, and writes anew what is left of packs of which less than half is named. Nothing is sealed or copied meanwhile.
     *
     * @param expected snapshots that are known to be there: a lineage that lacks one has lost something, and is left alone
     * @param dryRun only says what it would do
     */
    public SweepReport sweep(Collection<Ref> expected, boolean dryRun) {
        sweeping.writeLock().lock();
        try {
            return io(() -> {
                var strays = layout.strays().stream()
                        .map(s -> s + ": it is nothing of the store's")
                        .toList();
                var report = new SweepReport(List.of(), strays, 0, 0);
                for (var lineage : layout.lineages()) {
                    var wanted = expected.stream()
                            .filter(r -> r.lineage().equals(lineage))
                            .toList();
                    report = report.and(sweep(lineage, wanted, dryRun));
                }
                return report;
            });
        } finally {
            sweeping.writeLock().unlock();
        }
    }

    private SweepReport sweep(String lineage, List<Ref> wanted, boolean dryRun) {
        try {
            var manifests = readAnew(lineage);
            wanted.forEach(this::unremember);
            wanted.forEach(this::manifest);
            var sweep = new LineageSweep(objects, lineage, manifests);
            return dryRun ? sweep.report() : carryOut(sweep, lineage, manifests);
        } catch (StoreDamage | IOException | UncheckedIOException e) {
            return new SweepReport(List.of(), List.of(left(lineage, e)), 0, 0);
        }
    }

    private static String left(String lineage, Exception why) {
        return lineage + ": " + (why instanceof StoreDamage ? why.getMessage() : why);
    }

    /** First what needs no room, so that a full disk has some for the rest. */
    private SweepReport carryOut(LineageSweep sweep, String lineage, List<Manifest> manifests) throws IOException {
        for (var pack : sweep.dead()) {
            objects.remove(StoreLayout.pack(lineage, pack));
        }
        try {
            rewrite(sweep, manifests);
            var named = new HashSet<String>();
            readAnew(lineage).forEach(m -> named.addAll(m.packs()));
            for (var pack : sweep.sparse()) {
                if (!named.contains(pack)) {
                    objects.remove(StoreLayout.pack(lineage, pack));
                }
            }
            return sweep.report();
        } catch (StoreDamage | IOException | UncheckedIOException e) {
            return sweep.report(left(lineage, e));
        }
    }

    /** The lineage's manifests as they are in the store, and not as they were remembered. */
    private List<Manifest> readAnew(String lineage) throws IOException {
        var manifests = new ArrayList<Manifest>();
        for (var snapshot : layout.snapshots(lineage)) {
            unremember(new Ref(lineage, snapshot));
            manifests.add(manifest(new Ref(lineage, snapshot)));
        }
        return manifests;
    }

    private void rewrite(LineageSweep sweep, List<Manifest> manifests) throws IOException {
        if (sweep.sparse().isEmpty()) {
            return;
        }
        var lineage = manifests.getFirst().header().lineage();
        var key = key(lineage);
        var moved = new HashMap<BlockId, StoredBlock>();
        try (var packs = new Packs(objects, uploads, lineage.id(), _ -> Optional.empty(), sizes.pack())) {
            var places = new TreeMap<Integer, StoredBlock>();
            var number = 0;
            for (var block : sweep.moving()) {
                var frame = objects.read(StoreLayout.pack(lineage.id(), block.pack()), block.offset(), block.length());
                Frame.open(key, block.id(), frame, sizes.block());
                packs.add(number++, frame);
            }
            packs.finish(places);
            places.values().forEach(p -> moved.put(p.id(), p));
        }
        for (var manifest : manifests) {
            if (manifest.packs().stream().anyMatch(sweep.sparse()::contains)) {
                put(manifest.moved(moved), key);
            }
        }
    }

    private static Ref ref(ManifestHeader header) {
        return new Ref(header.lineage().id(), header.snapshot());
    }

    private interface Io<T> {
        T get() throws IOException;
    }

    private interface Effect {
        void run() throws IOException;
    }

    private static <T> T io(Io<T> work) {
        try {
            return work.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Effect work) {
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
