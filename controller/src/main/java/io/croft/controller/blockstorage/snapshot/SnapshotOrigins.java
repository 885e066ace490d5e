package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.SnapshotId;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The snapshots that volumes are made of. Who makes one holds the snapshot in its transaction, so that a deletion comes before or sees the volume. */
@Component
public class SnapshotOrigins {
    private final Snapshots snapshots;
    private final SnapshotTable table;

    SnapshotOrigins(Snapshots snapshots, SnapshotTable table) {
        this.snapshots = snapshots;
        this.table = table;
    }

    /**
     * A snapshot that a volume can be made of.
     *
     * @param sizeGib the least that such a volume has, and has unless more is asked for
     */
    public record Origin(SnapshotId id, int sizeGib) {
        /** The sentence of EC2's refusal of a smaller volume. */
        public String tooLargeFor(int gib) {
            return "Volume of size " + gib + "GB is smaller than snapshot '" + id + "', expect size >= " + sizeGib
                    + "GB";
        }
    }

    /**
     * A snapshot of which the caller may make volumes: a completed one of its own, a public one or one that is shared with it.
     *
     * @throws CloudException InvalidSnapshot.NotFound, also for one in the recycle bin; IncorrectState unless it is completed
     */
    @Transactional(readOnly = true)
    public Origin require(Caller caller, SnapshotId id) {
        return origin(snapshots.readable(caller, id));
    }

    /**
     * The same, which nobody deletes before the caller's transaction ends.
     *
     * @throws CloudException as {@link #require}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Origin hold(Caller caller, SnapshotId id) {
        var _ = require(caller, id);
        return hold(id);
    }

    /**
     * The same of one that the caller was found to may read.
     *
     * @throws CloudException as {@link #require}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Origin hold(SnapshotId id) {
        return origin(table.hold(id).orElseThrow(() -> Snapshots.missing(id)));
    }

    /** One that was readable a moment ago may have been deleted since. */
    private static Origin origin(Row row) {
        if (row.state().deleted()) {
            throw Snapshots.missing(row.id());
        }
        if (row.state() != SnapshotState.COMPLETED) {
            throw new CloudException(
                    ErrorCode.INCORRECT_STATE,
                    "The snapshot '" + row.id() + "' is " + row.state().ec2Name() + ".");
        }
        return new Origin(row.id(), row.sizeGib());
    }
}
