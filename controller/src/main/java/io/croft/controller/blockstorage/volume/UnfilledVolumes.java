package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.SnapshotHolder;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The volumes that were made of snapshots and that no host has had yet, and those that a host makes anew of what carries them: those snapshots are all that there is of them there. */
@Component
class UnfilledVolumes implements SnapshotHolder {
    private final VolumeTable table;
    private final VolumeMoveTable moves;

    UnfilledVolumes(VolumeTable table, VolumeMoveTable moves) {
        this.table = table;
        this.moves = moves;
    }

    @Override
    public Set<SnapshotId> held() {
        return Stream.concat(table.needed().stream(), moves.carriers().stream()).collect(Collectors.toSet());
    }

    @Override
    public List<String> holding(SnapshotId snapshot) {
        return Stream.concat(table.unfilled(snapshot).stream(), moves.carriedBy(snapshot).stream())
                .map(VolumeId::value)
                .toList();
    }
}
