package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.SnapshotHolder;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The volumes that were made of snapshots and that no host has had yet: those snapshots are all that there is of them. */
@Component
class UnfilledVolumes implements SnapshotHolder {
    private final VolumeTable table;

    UnfilledVolumes(VolumeTable table) {
        this.table = table;
    }

    @Override
    public Set<SnapshotId> held() {
        return table.needed();
    }

    @Override
    public List<String> holding(SnapshotId snapshot) {
        return table.unfilled(snapshot).stream().map(VolumeId::value).toList();
    }
}
