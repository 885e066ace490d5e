package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountHoldings;
import io.croft.types.AccountId;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The snapshots of accounts that are deleted: each is there until it is gone from the store. Copies that others made of them are theirs, and stay. */
@Component
class SnapshotHoldings implements AccountHoldings {
    private final SnapshotTable table;
    private final Snapshots snapshots;

    SnapshotHoldings(SnapshotTable table, Snapshots snapshots) {
        this.table = table;
        this.snapshots = snapshots;
    }

    @Override
    public List<AccountHolding> holdings(AccountId account) {
        return table.of(account).stream()
                .map(s -> new AccountHolding(
                        "snapshot", s.id().value(), s.state().ec2Name() + ", of a volume of " + s.sizeGib() + " GiB"))
                .toList();
    }

    @Override
    @Transactional
    public void endHoldings(AccountId account) {
        table.of(account).forEach(snapshots::end);
    }
}
