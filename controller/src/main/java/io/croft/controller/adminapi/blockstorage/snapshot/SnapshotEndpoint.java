package io.croft.controller.adminapi.blockstorage.snapshot;

import io.croft.controller.blockstorage.snapshot.SnapshotSweeps;
import io.croft.controller.blockstorage.snapshot.SnapshotView;
import io.croft.controller.blockstorage.snapshot.Snapshots;
import io.croft.rest.Items;
import io.croft.rest.SnapshotResource;
import io.croft.rest.SnapshotSweep;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every account's snapshots, and the store that they are in. */
@RestController
@RequestMapping("/admin/v1/snapshots")
class SnapshotEndpoint {
    private final Snapshots snapshots;
    private final SnapshotSweeps sweeps;

    SnapshotEndpoint(Snapshots snapshots, SnapshotSweeps sweeps) {
        this.snapshots = snapshots;
        this.sweeps = sweeps;
    }

    @GetMapping
    Items<SnapshotResource> list() {
        return new Items<>(
                snapshots.all().stream().map(SnapshotEndpoint::resource).toList());
    }

    /** Gives back what the store keeps for nobody; with {@code only-tell=true} it only says what it would do. */
    @PostMapping("/sweep")
    SnapshotSweep sweep(@RequestParam(name = "only-tell", defaultValue = "false") boolean onlyTell) {
        var sweep = sweeps.sweep(onlyTell);
        return new SnapshotSweep(sweep.packs(), sweep.freed(), sweep.rewritten(), sweep.left());
    }

    private static SnapshotResource resource(SnapshotView snapshot) {
        return new SnapshotResource(
                snapshot.id().value(),
                snapshot.owner().value(),
                snapshot.volume(),
                snapshot.sizeGib(),
                snapshot.state().ec2Name(),
                snapshot.progress(),
                snapshot.message(),
                snapshot.started().toString());
    }
}
