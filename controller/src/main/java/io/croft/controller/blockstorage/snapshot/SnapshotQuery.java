package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import java.util.List;

/**
 * What DescribeSnapshots asks for.
 *
 * @param owners only snapshots of these accounts; empty for all that the caller may read. {@code self} is the caller's account, for the edge to put in
 * @param restorableBy only snapshots that one of these accounts may read by name, or that {@link #EVERYONE} may; empty for no such limit
 */
public record SnapshotQuery(Query query, List<AccountId> owners, List<String> restorableBy) {
    public static final String EVERYONE = "all";

    public SnapshotQuery {
        owners = List.copyOf(owners);
        restorableBy = List.copyOf(restorableBy);
    }

    /** All that {@code query} finds of the account's own. */
    public static SnapshotQuery own(AccountId account, Query query) {
        return new SnapshotQuery(query, List.of(account), List.of());
    }
}
