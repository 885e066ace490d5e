package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.quota.Quota;
import io.croft.controller.quota.UsageSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Counts an account's snapshots, those too that are being deleted: the store may still have them. Carriers are nobody's. */
@Component
class SnapshotUsage implements UsageSource {
    @Override
    public Set<Quota> quotas() {
        return Set.of(Quota.SNAPSHOTS);
    }

    @Override
    public String counts() {
        return "SELECT count(*) AS snapshots FROM snapshot WHERE account = :account AND NOT carrier";
    }
}
