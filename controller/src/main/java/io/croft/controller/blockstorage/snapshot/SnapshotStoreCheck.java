package io.croft.controller.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotTable.Row;
import io.croft.controller.blockstorage.snapshot.store.SnapshotStore;
import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import io.croft.controller.context.StateDirectory;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import org.springframework.stereotype.Component;

/** Looks whether the store has the snapshots that it should have, and room for more. */
@Component
class SnapshotStoreCheck implements SelfCheck {
    private static final String CHECK = "snapshots";

    private final SnapshotTable table;
    private final SnapshotStore store;
    private final SnapshotHolds holds;
    private final StateDirectory state;
    private final SnapshotProperties properties;

    SnapshotStoreCheck(
            SnapshotTable table,
            SnapshotStore store,
            SnapshotHolds holds,
            StateDirectory state,
            SnapshotProperties properties) {
        this.table = table;
        this.store = store;
        this.holds = holds;
        this.state = state;
        this.properties = properties;
    }

    @Override
    public List<Finding> look() {
        try {
            return List.of(manifests(), room());
        } catch (UncheckedIOException e) {
            return List.of(Finding.fail(CHECK, "the store cannot be read: " + e.getMessage(), "Look at its disk"));
        }
    }

    private Finding manifests() {
        var held = holds.all();
        var wanted = table.all().stream()
                .filter(r -> r.state().stored() || held.contains(r.id()))
                .map(Row::ref)
                .toList();
        var there = new HashSet<>(store.all());
        var lost = wanted.stream().filter(r -> !there.contains(r)).toList();
        return lost.isEmpty()
                ? Finding.ok(CHECK, "the store has all " + wanted.size())
                : Finding.fail(
                        CHECK,
                        "the store lacks " + lost.size() + " of " + wanted.size() + ", such as "
                                + lost.getFirst().snapshot(),
                        "Put the store's directory back from where it was copied to; nothing of their lineages is swept meanwhile");
    }

    private Finding room() {
        var free =
                state.directory(SnapshotStoreConfiguration.DIRECTORY).toFile().getUsableSpace();
        return free >= properties.reserve().toBytes()
                ? Finding.ok("snapshot room", free / (1 << 20) + " MiB are free")
                : Finding.fail(
                        "snapshot room",
                        "blocks are refused: " + free / (1 << 20) + " MiB are free of the reserve of "
                                + properties.reserve(),
                        "Delete snapshots and sweep (croft snapshot sweep), or give the disk room");
    }
}
