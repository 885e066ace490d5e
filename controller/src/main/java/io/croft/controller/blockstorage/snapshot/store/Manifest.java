package io.croft.controller.blockstorage.snapshot.store;

import io.croft.protocol.SnapshotPage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All blocks of a snapshot that are not zeros, in their order, and where each lies. Complete: it needs no other manifest.
 *
 * <p>In memory it is as it is stored, 48 bytes a block: 96 KiB for each GiB that is not zeros.
 */
public final class Manifest {
    private static final byte[] MAGIC = "CROFTSM1".getBytes(StandardCharsets.US_ASCII);
    private static final int ENTRY = 4 * Integer.BYTES + BlockId.BYTES;
    private static final int PACK_NAME = 32;

    /** Blocks that one can name, with room for the rest: it is written as one array. */
    static final int MOST = Integer.MAX_VALUE / (2 * ENTRY);

    private final ManifestHeader header;
    private final List<String> packs;
    private final ByteBuffer entries;

    private Manifest(ManifestHeader header, List<String> packs, ByteBuffer entries) {
        this.header = header;
        this.packs = packs;
        this.entries = entries;
    }

    static Manifest of(ManifestHeader header, NavigableMap<Integer, StoredBlock> blocks) {
        var packs = new ArrayList<String>(
                new TreeSet<>(blocks.values().stream().map(StoredBlock::pack).toList()));
        var numbers = new HashMap<String, Integer>();
        packs.forEach(p -> numbers.put(p, numbers.size()));
        var entries = ByteBuffer.allocate(Math.multiplyExact(ENTRY, blocks.size()));
        blocks.values().forEach(b -> {
            entries.putInt(b.index());
            b.id().write(entries);
            entries.putInt(Objects.requireNonNull(numbers.get(b.pack())))
                    .putInt(b.offset())
                    .putInt(b.length());
        });
        return new Manifest(header, List.copyOf(packs), entries.flip());
    }

    public ManifestHeader header() {
        return header;
    }

    /** How many blocks are not zeros. */
    public int count() {
        return entries.limit() / ENTRY;
    }

    /** The packs that it needs. */
    Set<String> packs() {
        return Set.copyOf(packs);
    }

    /** The block at an index; empty when it is zeros. */
    Optional<StoredBlock> find(int index) {
        var position = positionOf(index);
        return position < count() && indexAt(position) == index ? Optional.of(at(position)) : Optional.empty();
    }

    /** Whether the block at an index is not zeros. */
    public boolean has(int index) {
        return find(index).isPresent();
    }

    /** The indexes of its blocks, from one on. */
    public IntStream indexes(int from) {
        return IntStream.range(positionOf(from), count()).map(this::indexAt);
    }

    /**
     * The names of its blocks in a part of it.
     *
     * @param from index of the part's first block
     * @param to of the first behind it
     * @param most blocks that are listed: the part ends before one more
     * @throws IllegalArgumentException when there is no such part
     */
    public SnapshotPage page(int from, int to, int most) {
        var first = positionOf(from);
        var blocks = new ArrayList<SnapshotPage.Block>();
        var end = to;
        for (var position = first; position < count() && indexAt(position) < to; position++) {
            if (blocks.size() == most) {
                end = indexAt(position);
                break;
            }
            blocks.add(
                    new SnapshotPage.Block(indexAt(position), at(position).id().toString()));
        }
        return new SnapshotPage(from, end, blocks);
    }

    Stream<StoredBlock> blocks() {
        return IntStream.range(0, count()).mapToObj(this::at);
    }

    /** Whether both have the same bytes at an index. Only within a lineage can that be told. */
    public boolean same(Manifest other, int index) {
        return find(index).map(StoredBlock::id).equals(other.find(index).map(StoredBlock::id));
    }

    /** The position of the first block at {@code index} or behind it. */
    private int positionOf(int index) {
        var low = 0;
        var high = count();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (indexAt(middle) < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int indexAt(int position) {
        return entries.getInt(position * ENTRY);
    }

    private StoredBlock at(int position) {
        var entry = entries.slice(position * ENTRY, ENTRY);
        var index = entry.getInt();
        var id = BlockId.read(entry);
        return new StoredBlock(index, id, packs.get(entry.getInt()), entry.getInt(), entry.getInt());
    }

    /** The same snapshot with some blocks elsewhere. */
    Manifest moved(Map<BlockId, StoredBlock> places) {
        var blocks = new TreeMap<Integer, StoredBlock>();
        blocks().forEach(b ->
                blocks.put(b.index(), places.getOrDefault(b.id(), b).at(b.index())));
        return of(header, blocks);
    }

    byte[] write(LineageKey key) {
        var head = ManifestHeaderForm.write(header);
        var bytes = ByteBuffer.allocate(Math.addExact(
                MAGIC.length + 3 * Integer.BYTES + head.length + packs.size() * PACK_NAME + LineageKey.PROOF_BYTES,
                entries.limit()));
        bytes.put(MAGIC).putInt(head.length).put(head).putInt(packs.size());
        packs.forEach(p -> bytes.put(HexFormat.of().parseHex(p)));
        bytes.putInt(count()).put(entries.duplicate());
        var proven = bytes.duplicate().flip();
        return bytes.put(key.proof(proven)).array();
    }

    /**
     * Reads a manifest, once it has proved to be whole and of its lineage.
     *
     * @param name for the message
     * @param keys opens a lineage's key
     * @throws StoreDamage when it is not
     */
    static Manifest read(String name, byte[] stored, Function<Lineage, LineageKey> keys) {
        try {
            var bytes = ByteBuffer.wrap(stored);
            var magic = take(bytes, MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new StoreDamage(name + " is no manifest of a version that is known", null);
            }
            var header = ManifestHeaderForm.read(take(bytes, bytes.getInt()));
            var key = keys.apply(header.lineage());
            var proof = Arrays.copyOfRange(stored, stored.length - LineageKey.PROOF_BYTES, stored.length);
            if (!key.proves(proof, ByteBuffer.wrap(stored, 0, stored.length - LineageKey.PROOF_BYTES))) {
                throw new StoreDamage(name + " was changed", null);
            }
            var packs = new ArrayList<String>();
            for (var left = bytes.getInt(); left > 0; left--) {
                packs.add(HexFormat.of().formatHex(take(bytes, PACK_NAME)));
            }
            var count = bytes.getInt();
            return new Manifest(header, List.copyOf(packs), bytes.slice(bytes.position(), count * ENTRY));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new StoreDamage(name + " is cut off or was changed", e);
        }
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        var taken = new byte[length];
        bytes.get(taken);
        return taken;
    }
}
