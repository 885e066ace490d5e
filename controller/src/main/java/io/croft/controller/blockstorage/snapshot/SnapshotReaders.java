package io.croft.controller.blockstorage.snapshot;

import io.croft.types.AccountId;
import java.util.Set;

/**
 * Who may read a snapshot besides its owner.
 *
 * @param everyone whether every account may
 * @param accounts those that may by name, whether or not everyone does
 */
public record SnapshotReaders(boolean everyone, Set<AccountId> accounts) {
    public static final SnapshotReaders NONE = new SnapshotReaders(false, Set.of());

    public SnapshotReaders {
        accounts = Set.copyOf(accounts);
    }
}
