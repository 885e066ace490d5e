package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.Checksums;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore.Written;
import io.croft.controller.context.Caller;
import io.croft.controller.context.ClientTokens;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.LostRaces;
import io.croft.controller.context.ParameterHash;
import io.croft.controller.context.StateDirectory;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Snapshots that are written block by block. A block is taken once it is durable; so a writer that was cut off goes on with the blocks of which it had no word. The same block again replaces the one before.
 *
 * <p>Blocks of one snapshot come beside each other, but none while it is looked whether all have come: what is counted then is what is sealed.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/writesnapshots.html">Write EBS snapshots</a>
 */
@Component
public class SnapshotUploads {
    static final int BLOCKS_PER_GIB = (1 << 30) / SnapshotStore.BLOCK;
    private static final int LARGEST_GIB = 65_536;
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(3);
    private static final int LOCKS = 64;

    private final Snapshots snapshots;
    private final SnapshotTable table;
    private final SnapshotStore store;
    private final ClientTokens tokens;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Path disk;
    private final long reserve;
    private final ReadWriteLock[] locks = new ReadWriteLock[LOCKS];

    SnapshotUploads(
            Snapshots snapshots,
            SnapshotTable table,
            SnapshotStore store,
            ClientTokens tokens,
            TransactionTemplate transaction,
            Clock clock,
            StateDirectory state,
            SnapshotProperties properties) {
        this.snapshots = snapshots;
        this.table = table;
        this.store = store;
        this.tokens = tokens;
        this.transaction = transaction;
        this.clock = clock;
        this.disk = state.directory(SnapshotStoreConfiguration.DIRECTORY);
        this.reserve = properties.reserve().toBytes();
        Arrays.setAll(locks, _ -> new ReentrantReadWriteLock());
    }

    /**
     * What is to be written.
     *
     * @param sizeGib of the volume
     * @param parent the snapshot with whose blocks it begins; null for zeros
     * @param timeout how long its writer may be silent
     */
    public record Wish(
            long sizeGib, @Nullable SnapshotId parent, String description, Duration timeout, Map<String, String> tags) {
        /** How long a writer may be silent that says nothing of it. */
        public static final Duration TIMEOUT = Duration.ofHours(1);
    }

    /**
     * Begins a snapshot.
     *
     * @param token of the client; null for none
     * @throws CloudException InvalidVolumeSize, InvalidParameterValue, InvalidSnapshot.NotFound and IncorrectState for a parent, SnapshotLimitExceeded, IdempotentParameterMismatch
     */
    public SnapshotView start(Caller caller, Wish wish, @Nullable String token) {
        var hash = new ParameterHash()
                .add(wish.sizeGib())
                .add(wish.parent())
                .add(wish.description())
                .add(wish.timeout())
                .addMap(wish.tags())
                .hex();
        return LostRaces.retry(() -> tokens.once(
                new ClientTokens.Use(caller, "StartSnapshot", token, hash),
                () -> Objects.requireNonNull(transaction.execute(_ -> start(caller, wish))),
                made -> List.of(made.id().value()),
                made -> snapshots.require(caller, new SnapshotId(made.getFirst()))));
    }

    private SnapshotView start(Caller caller, Wish wish) {
        if (wish.timeout().compareTo(SHORTEST) < 0 || wish.timeout().compareTo(LONGEST) > 0) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A timeout has from " + SHORTEST.toMinutes() + " to " + LONGEST.toMinutes() + " minutes.");
        }
        if (wish.sizeGib() < 1 || wish.sizeGib() > LARGEST_GIB) {
            throw size("A volume has from 1 to " + LARGEST_GIB + " GiB.");
        }
        var parent = wish.parent() == null ? null : parent(caller, wish.parent());
        if (parent != null && parent.sizeGib() > wish.sizeGib()) {
            throw size("The parent snapshot " + parent.id() + " is of " + parent.sizeGib() + " GiB.");
        }
        var now = snapshots.now();
        var row = new Row(
                snapshots.newId(),
                caller.account(),
                parent == null ? store.begin() : parent.lineage(),
                parent == null ? null : parent.volume(),
                wish.parent(),
                (int) wish.sizeGib(),
                SnapshotState.PENDING,
                0,
                wish.description(),
                now,
                null,
                wish.timeout(),
                now.plus(wish.timeout()));
        return snapshots.insert(caller, row, wish.tags());
    }

    private static CloudException size(String why) {
        return new CloudException(ErrorCode.SNAPSHOT_SIZE, why);
    }

    private Row parent(Caller caller, SnapshotId id) {
        var parent = snapshots.lockOwn(caller, id);
        if (parent.state() != SnapshotState.COMPLETED) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The parent snapshot " + id + " is " + parent.state().ec2Name() + ".");
        }
        return parent;
    }

    /**
     * Takes a block. It is durable when this returns.
     *
     * @param checksum the SHA-256 of the bytes, in base64
     * @param progress of the whole, per cent, as the writer sees it; null when it does not say
     * @throws CloudException InvalidSnapshot.NotFound; IncorrectState when it takes none; WriteRequestTimeout when its writer was silent too long; InvalidBlock when the bytes are no block, are outside of the volume or have
     *     another checksum; Unavailable when the controller's disk has no room
     */
    public void put(
            Caller caller, SnapshotId id, int index, byte[] block, String checksum, @Nullable Integer progress) {
        if (progress != null && (progress < 0 || progress > 100)) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "The progress is from 0 to 100 per cent.");
        }
        if (block.length != SnapshotStore.BLOCK) {
            throw block("A block has " + SnapshotStore.BLOCK + " bytes and not " + block.length + ".");
        }
        if (!Checksums.of(block).equals(checksum)) {
            throw block("The bytes do not have the checksum " + checksum + ".");
        }
        var lock = lock(id).readLock();
        lock.lock();
        try {
            var row = own(caller, id);
            if (index < 0 || index >= row.sizeGib() * (long) BLOCKS_PER_GIB) {
                throw block("The volume of " + row.sizeGib() + " GiB has no block " + index + ".");
            }
            requireRoom();
            if (isSentByHost(row) || !table.heard(row, clock.instant(), progress)) {
                throw takesNone(row);
            }
            store.put(row.upload(), index, block);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the disk has more free than its reserve. */
    boolean hasRoom() {
        return disk.toFile().getUsableSpace() >= reserve;
    }

    void requireRoom() {
        if (!hasRoom()) {
            throw new CloudException(ErrorCode.UNAVAILABLE, "The snapshot store has no room for the block.");
        }
    }

    private static CloudException block(String why) {
        return new CloudException(ErrorCode.BLOCK_INVALID, why);
    }

    private static boolean isSentByHost(Row row) {
        return row.state() == SnapshotState.PENDING && row.timeout() == null;
    }

    private static CloudException takesNone(Row row) {
        if (isSentByHost(row)) {
            return new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The snapshot " + row.id() + " is being taken of a volume: it takes no blocks of a client.");
        }
        if (row.state() == SnapshotState.ERROR) {
            var silent = row.timeout() != null && row.written() == null;
            return new CloudException(
                    silent ? ErrorCode.BLOCK_WRITE_TIMEOUT : ErrorCode.INCORRECT_STATE,
                    "The snapshot " + row.id() + " failed: " + row.message());
        }
        return new CloudException(
                ErrorCode.INCORRECT_STATE,
                "The snapshot " + row.id() + " is not pending: it takes no blocks any more.");
    }

    private Row own(Caller caller, SnapshotId id) {
        return table.find(id)
                .filter(r -> r.account().equals(caller.account()) && r.state() != SnapshotState.DELETING)
                .orElseThrow(() -> Snapshots.missing(id));
    }

    /**
     * Says that all blocks have come; from now on the snapshot takes none, and it is completed once it is sealed. Again, it changes nothing.
     *
     * @param blocks how many were written
     * @param linearChecksum the SHA-256 of the blocks' SHA-256 in their order, in base64; null when the writer does not say
     * @return as it is then
     * @throws CloudException InvalidSnapshot.NotFound; IncorrectState when it failed; InvalidParameterValue when other blocks have come
     */
    public SnapshotView complete(Caller caller, SnapshotId id, int blocks, @Nullable String linearChecksum) {
        var lock = lock(id).writeLock();
        lock.lock();
        try {
            var row = own(caller, id);
            if (isSentByHost(row)) {
                throw takesNone(row);
            }
            if (row.state() == SnapshotState.PENDING) {
                var written = requireAll(row, blocks, linearChecksum);
                transaction.executeWithoutResult(_ -> seal(caller, id, written));
            } else if (row.state() == SnapshotState.ERROR) {
                throw takesNone(row);
            }
            return snapshots.require(caller, id);
        } finally {
            lock.unlock();
        }
    }

    private Written requireAll(Row row, int blocks, @Nullable String linearChecksum) {
        var written = store.written(row.upload());
        if (written.blocks() != blocks) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The changed blocks count is " + blocks + ", and " + written.blocks() + " blocks were written.");
        }
        if (linearChecksum != null && !written.linearChecksum().equals(linearChecksum)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The blocks that were written do not have the checksum " + linearChecksum + ".");
        }
        return written;
    }

    private void seal(Caller caller, SnapshotId id, Written written) {
        var row = snapshots.lockOwn(caller, id);
        if (table.move(row, SnapshotEvent.COMPLETE_REQUESTED, clock.instant(), null)) {
            table.written(id, written);
            snapshots.note(row, "all blocks written", caller);
        }
    }

    /** Runs beside other blocks of the snapshot that come, and not while it is looked whether all have. */
    <T> T beside(SnapshotId id, Supplier<T> work) {
        var lock = lock(id).readLock();
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs while no block of the snapshot comes. */
    void alone(SnapshotId id, Runnable work) {
        var lock = lock(id).writeLock();
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private ReadWriteLock lock(SnapshotId id) {
        return locks[Math.floorMod(id.hashCode(), LOCKS)];
    }
}
