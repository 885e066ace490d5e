package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.Lineage;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.StoreDamage;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Snapshots of volumes, whose blocks come from the volumes' hosts. One begins with the blocks of the volume's last that was completed; its host tells what it has by the names of the blocks, and sends those that are others. Who sends is silent for as long as
 * it has to: the snapshot waits for it. What came before the host or the controller was cut off is there, and is told the same again.
 *
 * <p>That the host may send is its caller's to know.
 */
@Component
public class VolumeUploads {
    private static final Logger log = LoggerFactory.getLogger(VolumeUploads.class);
    private static final Duration APART = Duration.ofSeconds(15);

    private final Snapshots snapshots;
    private final SnapshotUploads uploads;
    private final SnapshotTable table;
    private final SnapshotStore store;
    private final TransactionTemplate transaction;
    private final Clock clock;

    VolumeUploads(
            Snapshots snapshots,
            SnapshotUploads uploads,
            SnapshotTable table,
            SnapshotStore store,
            TransactionTemplate transaction,
            Clock clock) {
        this.snapshots = snapshots;
        this.uploads = uploads;
        this.table = table;
        this.store = store;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * A snapshot to be.
     *
     * @param source the snapshot that the volume was made from; null for none
     * @param kept whether a host keeps the volume: one that none does is its source, and zeros behind it
     * @param most snapshots of the volume that may be pending at once
     */
    public record Wish(
            VolumeId volume,
            int sizeGib,
            @Nullable SnapshotId source,
            boolean kept,
            int most,
            String description,
            Map<String, String> tags) {}

    /**
     * Begins a snapshot of a volume whose row the caller has locked.
     *
     * @throws CloudException SnapshotLimitExceeded, ConcurrentSnapshotLimitExceeded, SnapshotCreationPerVolumeRateExceeded, InvalidParameterValue for a description that is too long
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public SnapshotView start(Caller caller, Wish wish) {
        var now = snapshots.now();
        var others = table.ofVolume(caller.account(), wish.volume().value());
        requirePace(wish, others, now);
        var parent = wish.kept() ? parent(wish.sizeGib(), wish.source(), others) : source(wish);
        return snapshots.insert(
                caller,
                new Row(
                        snapshots.newId(),
                        caller.account(),
                        lineage(wish.source(), others, parent),
                        wish.volume().value(),
                        parent == null ? null : parent.id(),
                        wish.sizeGib(),
                        wish.kept() ? SnapshotState.PENDING : SnapshotState.SEALING,
                        0,
                        wish.description(),
                        now,
                        null,
                        null,
                        null),
                wish.tags());
    }

    /**
     * A volume that is to be carried to another host.
     *
     * @param source the snapshot that it was made from; null for none
     */
    public record Load(
            VolumeId volume,
            AccountId account,
            int sizeGib,
            @Nullable SnapshotId source) {}

    /** Begins the snapshot that carries a volume, whose row the caller has locked, from its host to another. It is of the volume's lineage, and nobody's: no quota and no pace holds for it. It is there until {@link #drop}. */
    @Transactional(propagation = Propagation.MANDATORY)
    public SnapshotId carry(Load load) {
        var others = table.ofVolume(load.account(), load.volume().value());
        var parent = parent(load.sizeGib(), load.source(), others);
        var row = new Row(
                snapshots.newId(),
                load.account(),
                lineage(load.source(), others, parent),
                load.volume().value(),
                parent == null ? null : parent.id(),
                load.sizeGib(),
                SnapshotState.PENDING,
                0,
                null,
                "The volume " + load.volume() + " on its way to another host",
                snapshots.now(),
                null,
                null,
                null,
                null,
                true);
        table.insert(row);
        return row.id();
    }

    /** What carries a volume, as far as it has come. */
    public Optional<SnapshotView> carrier(SnapshotId id) {
        return table.find(id).filter(Row::carrier).map(r -> r.view(Map.of()));
    }

    /** Those that carry something, or did when somebody last said so. */
    public Set<SnapshotId> carriers() {
        return table.carriers();
    }

    /** Nobody needs what carries a volume any more. In the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void drop(SnapshotId carrier) {
        table.lock(carrier).filter(Row::carrier).ifPresent(snapshots::end);
    }

    /** @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-create-snapshot.html">Create EBS snapshots</a>, and EC2's error codes */
    private static void requirePace(Wish wish, List<Row> others, Instant now) {
        var pending = others.stream()
                .filter(r -> r.state() == SnapshotState.PENDING && r.timeout() == null && !r.carrier())
                .toList();
        if (pending.size() >= wish.most()) {
            throw new CloudException(
                    ErrorCode.CONCURRENT_SNAPSHOTS_EXCEEDED,
                    "Maximum of " + wish.most() + " pending snapshots of the volume '" + wish.volume()
                            + "' reached. Wait until one of them is completed.");
        }
        if (pending.stream().anyMatch(r -> r.started().plus(APART).isAfter(now))) {
            throw new CloudException(
                    ErrorCode.SNAPSHOT_RATE_EXCEEDED,
                    "A snapshot of the volume '" + wish.volume() + "' is pending that was begun less than "
                            + APART.toSeconds()
                            + " seconds ago. Wait that long between concurrent snapshots of a volume.");
        }
    }

    /** The last that is complete, whose row stays until this one is: it is locked, and completed still. */
    private @Nullable Row parent(int sizeGib, @Nullable SnapshotId source, List<Row> others) {
        for (var other : others) {
            if (other.state() == SnapshotState.COMPLETED && other.sizeGib() <= sizeGib) {
                var locked = table.lock(other.id()).filter(r -> r.state() == SnapshotState.COMPLETED);
                if (locked.isPresent()) {
                    return locked.get();
                }
            }
        }
        return source == null
                ? null
                : table.lock(source)
                        .filter(r -> r.state().stored()
                                && r.sizeGib() <= sizeGib
                                && (others.isEmpty()
                                        || others.getFirst().lineage().equals(r.lineage())))
                        .orElse(null);
    }

    /** What a volume is that no host keeps: its source's blocks stay for it, whether or not its owner has deleted that. */
    private @Nullable Row source(Wish wish) {
        var source = wish.source();
        if (source == null) {
            return null;
        }
        return table.lock(source)
                .orElseThrow(() -> new IllegalStateException(
                        "the snapshot " + source + " that " + wish.volume() + " is made of is not known"));
    }

    /** A volume's snapshots are of one lineage for as long as there is one of them, or the one that it was made from. */
    private Lineage lineage(@Nullable SnapshotId source, List<Row> others, @Nullable Row parent) {
        if (parent != null) {
            return parent.lineage();
        }
        return others.stream()
                .findFirst()
                .or(() -> Optional.ofNullable(source).flatMap(table::find))
                .map(Row::lineage)
                .orElseGet(store::begin);
    }

    /** The key that names a snapshot's blocks, in base64; empty once all of them have come. */
    public Optional<String> naming(SnapshotId id) {
        var row = sent(id);
        return row.state() == SnapshotState.PENDING ? Optional.of(store.naming(row.lineage())) : Optional.empty();
    }

    /**
     * Takes in what a part of a snapshot is, by the names of its blocks.
     *
     * @param from index of the part's first block
     * @param to of the first behind it
     * @param names of those that are not zeros, in hex
     * @return the indexes of the blocks that are to be sent
     * @throws CloudException InvalidSnapshot.NotFound; IncorrectState when it takes none; InvalidBlock for a part that is outside of the volume; Unavailable when the controller's disk has no room
     */
    public List<Integer> lacking(SnapshotId id, int from, int to, SortedMap<Integer, String> names) {
        return uploads.beside(id, () -> {
            var row = pending(id);
            var blocks = row.sizeGib() * (long) SnapshotUploads.BLOCKS_PER_GIB;
            requireWithin(row, to - 1);
            uploads.requireRoom();
            table.heard(row, clock.instant(), (int) (100 * (long) from / blocks));
            try {
                return store.lacking(row.upload(), row.parent(), from, to, names);
            } catch (StoreDamage e) {
                doWithoutParent(row, e);
                return store.lacking(row.upload(), null, from, to, names);
            }
        });
    }

    /** All blocks have to come then; in the end it shows that some did not, and its host tells them again. */
    private void doWithoutParent(Row row, StoreDamage why) {
        log.atWarn()
                .addKeyValue("snapshot", row.id())
                .addKeyValue("parent", row.parent())
                .setCause(why)
                .log("A snapshot cannot begin with another's blocks");
        table.forgetParent(row.id());
    }

    /**
     * Takes a block. It is durable when this returns.
     *
     * @throws CloudException as {@link #lacking}, and InvalidBlock for bytes that are none
     */
    public void put(SnapshotId id, int index, byte[] block) {
        var _ = uploads.beside(id, () -> {
            var row = pending(id);
            if (block.length != SnapshotStore.BLOCK) {
                throw new CloudException(ErrorCode.BLOCK_INVALID, "A block has " + SnapshotStore.BLOCK + " bytes.");
            }
            requireWithin(row, index);
            uploads.requireRoom();
            store.put(row.upload(), index, block);
            return index;
        });
    }

    /**
     * Says that all blocks have come. Again, it changes nothing.
     *
     * @param digest of all that the snapshot has, see {@link SnapshotStore#content}
     * @return false when what has come is something else
     * @throws CloudException InvalidSnapshot.NotFound; IncorrectState when it takes none
     */
    public boolean complete(SnapshotId id, String digest) {
        var same = new AtomicBoolean(true);
        uploads.alone(id, () -> {
            var row = sent(id);
            if (row.state() == SnapshotState.PENDING) {
                same.set(isContent(row, digest));
                if (same.get()) {
                    seal(row);
                }
            }
        });
        return same.get();
    }

    private boolean isContent(Row row, String digest) {
        try {
            return store.content(row.upload(), row.parent()).equals(digest);
        } catch (StoreDamage e) {
            doWithoutParent(row, e);
            return false;
        }
    }

    private void seal(Row row) {
        var written = store.written(row.upload());
        transaction.executeWithoutResult(_ -> table.lock(row.id())
                .filter(r -> table.move(r, SnapshotEvent.COMPLETE_REQUESTED, clock.instant(), null))
                .ifPresent(r -> {
                    table.written(r.id(), written);
                    snapshots.note(r, "all blocks written", written.blocks() + " of them sent by the volume's host");
                }));
    }

    private static void requireWithin(Row row, int index) {
        if (index < 0 || index >= row.sizeGib() * (long) SnapshotUploads.BLOCKS_PER_GIB) {
            throw new CloudException(
                    ErrorCode.BLOCK_INVALID, "The volume of " + row.sizeGib() + " GiB has no block " + index + ".");
        }
    }

    private Row pending(SnapshotId id) {
        var row = sent(id);
        if (row.state() != SnapshotState.PENDING) {
            throw takesNone(id);
        }
        return row;
    }

    /** One that takes blocks, or has taken all. */
    private Row sent(SnapshotId id) {
        var row = table.find(id).orElseThrow(() -> Snapshots.missing(id));
        return switch (row.state()) {
            case PENDING, SEALING, COMPLETED, RECYCLED -> row;
            case ERROR, DELETING -> throw takesNone(id);
        };
    }

    private static CloudException takesNone(SnapshotId id) {
        return new CloudException(ErrorCode.INCORRECT_STATE, "The snapshot " + id + " takes no blocks.");
    }
}
