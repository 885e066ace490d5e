package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.Checksums;
import io.croft.controller.blockstorage.snapshot.store.Manifest;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.blockstorage.snapshot.store.StoreDamage;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The blocks of completed snapshots, for whoever may read them: which there are, which differ between two of one lineage, and their bytes by the tokens that the lists give out.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/readsnapshots.html">Read EBS snapshots</a>
 */
@Component
public class SnapshotBlocks {
    private static final Duration TOKENS_HOLD = Duration.ofDays(7);
    private static final int SMALLEST_PAGE = 100;
    private static final int LARGEST_PAGE = 10_000;

    private final Snapshots snapshots;
    private final SnapshotStore store;
    private final SnapshotTokens tokens;
    private final Clock clock;

    SnapshotBlocks(Snapshots snapshots, SnapshotStore store, SnapshotTokens tokens, Clock clock) {
        this.snapshots = snapshots;
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Which part of a list is asked for.
     *
     * @param from the index from which on, unless there is a token
     * @param most how many; fewer than 100 are 100; null for 10,000
     */
    public record Span(
            @Nullable Integer from,
            @Nullable Integer most,
            @Nullable String token) {}

    /**
     * A block that is there.
     *
     * @param first the token of the same block in the snapshot with which another is compared; null where it is zeros
     * @param second the token of the block in the snapshot that is listed; null where it is zeros
     */
    public record Listed(
            int index, @Nullable String first, @Nullable String second) {}

    /**
     * A part of a list.
     *
     * @param next where it goes on; null when it does not
     */
    public record Part(
            List<Listed> blocks,
            int sizeGib,
            Instant expires,
            @Nullable String next) {}

    /**
     * The blocks of a snapshot, without those that are zeros.
     *
     * @throws CloudException InvalidSnapshot.NotFound, IncorrectState unless it is completed, InvalidPaginationToken, InvalidParameterValue
     */
    public Part list(Caller caller, SnapshotId id, Span span) {
        var row = completed(caller, id);
        var manifest = manifest(row);
        return part(
                caller,
                List.of(id),
                row,
                span,
                manifest::indexes,
                (index, expires) -> new Listed(index, null, tokens.block(caller.account(), id, index, expires)));
    }

    /**
     * The blocks that differ between two snapshots; or those of the second, when there is no first.
     *
     * @throws CloudException as {@link #list}; InvalidSnapshot.Unrelated when they are not of one lineage
     */
    public Part changed(Caller caller, @Nullable SnapshotId firstId, SnapshotId secondId, Span span) {
        if (firstId == null) {
            return list(caller, secondId, span);
        }
        var row = completed(caller, secondId);
        var first = manifest(completed(caller, firstId));
        var second = manifest(row);
        if (!first.header().lineage().id().equals(second.header().lineage().id())) {
            throw new CloudException(
                    ErrorCode.SNAPSHOTS_UNRELATED, "The snapshots " + firstId + " and " + secondId + " are unrelated.");
        }
        return part(
                caller,
                List.of(firstId, secondId),
                row,
                span,
                from -> IntStream.concat(first.indexes(from), second.indexes(from))
                        .sorted()
                        .distinct()
                        .filter(i -> !first.same(second, i)),
                (index, expires) -> new Listed(
                        index,
                        first.has(index) ? tokens.block(caller.account(), firstId, index, expires) : null,
                        second.has(index) ? tokens.block(caller.account(), secondId, index, expires) : null));
    }

    private interface Indexes {
        IntStream from(int index);
    }

    private interface Lister {
        Listed list(int index, Instant expires);
    }

    private Part part(Caller caller, List<SnapshotId> about, Row row, Span span, Indexes indexes, Lister lister) {
        var from = from(caller, about, span);
        var most = most(span.most());
        var expires = clock.instant().plus(TOKENS_HOLD).truncatedTo(ChronoUnit.SECONDS);
        var found = indexes.from(from).limit(most + 1L).toArray();
        var next = found.length > most ? tokens.page(caller.account(), about, found[most]) : null;
        var blocks = IntStream.of(found)
                .limit(most)
                .mapToObj(i -> lister.list(i, expires))
                .toList();
        return new Part(blocks, row.sizeGib(), expires, next);
    }

    private int from(Caller caller, List<SnapshotId> about, Span span) {
        if (span.token() != null) {
            return tokens.from(span.token(), caller.account(), about);
        }
        var from = span.from() == null ? 0 : span.from();
        if (from < 0) {
            throw new CloudException(ErrorCode.INVALID_PARAMETER_VALUE, "The starting block index is " + from + ".");
        }
        return from;
    }

    private static int most(@Nullable Integer asked) {
        if (asked != null && (asked < 1 || asked > LARGEST_PAGE)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "MaxResults is from " + SMALLEST_PAGE + " to " + LARGEST_PAGE + ".");
        }
        return asked == null ? LARGEST_PAGE : Math.max(asked, SMALLEST_PAGE);
    }

    /**
     * The bytes of a block, once they have proved to be those that were written.
     *
     * @throws CloudException InvalidSnapshot.NotFound, IncorrectState unless it is completed, InvalidBlockToken; InternalError when the store has other bytes, which {@code why} names
     */
    public byte[] read(Caller caller, SnapshotId id, int index, String token) {
        var row = completed(caller, id);
        tokens.requireBlock(token, caller.account(), id, index, clock.instant());
        try {
            return store.read(row.ref(), index);
        } catch (StoreDamage e) {
            throw damaged(row, e);
        }
    }

    /** The SHA-256 of a block, in base64. */
    public static String checksum(byte[] block) {
        return Checksums.of(block);
    }

    private Manifest manifest(Row row) {
        try {
            return store.find(row.ref())
                    .orElseThrow(() -> new StoreDamage("the manifest of " + row.id() + " is not there", null));
        } catch (StoreDamage e) {
            throw damaged(row, e);
        }
    }

    private CloudException damaged(Row row, StoreDamage damage) {
        snapshots.noteOnce(row, "damaged", String.valueOf(damage.getMessage()));
        return new CloudException(
                ErrorCode.INTERNAL_ERROR,
                "An internal error has occurred.",
                String.valueOf(damage.getMessage()),
                damage);
    }

    private Row completed(Caller caller, SnapshotId id) {
        var row = snapshots.readable(caller, id);
        if (row.state() != SnapshotState.COMPLETED) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The snapshot " + id + " is " + row.state().ec2Name() + ", and can be read once it is completed.");
        }
        return row;
    }
}
