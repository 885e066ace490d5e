package io.croft.controller.restapi.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.rest.tenant.blockstorage.snapshot.Snapshot;
import java.util.TreeMap;

/** Writes snapshots. */
final class SnapshotForm {
    private SnapshotForm() {}

    static Snapshot of(SnapshotView snapshot) {
        var completed = snapshot.completed();
        return new Snapshot(
                snapshot.id().value(),
                snapshot.volume(),
                snapshot.sizeGib(),
                snapshot.state().ec2Name(),
                snapshot.progress(),
                snapshot.message(),
                snapshot.description(),
                snapshot.started().toString(),
                completed == null ? null : completed.toString(),
                new TreeMap<>(snapshot.tags()));
    }
}
